// As with jsonwebtoken: the build puts fast-xml-parser itself in the compiled form of this file.
export { XMLBuilder, XMLParser } from 'fast-xml-parser';
