// As with jsonwebtoken: the build puts tiny-lru itself in the compiled form of this file.
export { lru, type LRU } from 'tiny-lru';
