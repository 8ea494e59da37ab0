// As with jsonwebtoken: the build puts fastest-levenshtein itself in the compiled form of this file.
export { distance } from 'fastest-levenshtein';
