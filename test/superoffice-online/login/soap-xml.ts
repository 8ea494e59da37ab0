import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element with its namespace resolved, so that prefixes do not matter. */
export interface XmlElement {
	namespace: string;
	name: string;
	children: XmlElement[];
	text: string;
}

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	// Without this, fast-xml-parser leaves numeric references like &#229; as they are.
	htmlEntities: true,
});

const TEXT = '#text';
const ATTRIBUTES = ':@';

type ParsedNode = Record<string, unknown>;
type Namespaces = Record<string, string>;

/** Reads a document into its root element; undefined if it is not well-formed. */
export function readXml(text: string): XmlElement | undefined {
	const withoutCdata = text.replace(/<!\[CDATA\[.*?\]\]>/gs, '');
	// XML has five named entities; fast-xml-parser, told to read HTML's, would accept more.
	if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(withoutCdata)) return undefined;
	if (XMLValidator.validate(text) !== true) return undefined;
	const root = (parser.parse(text) as ParsedNode[]).find((node) => !(TEXT in node));
	return root && toElement(root, {});
}

/** The first child of that name, if there is one. */
export function child(
	parent: XmlElement | undefined,
	namespace: string,
	name: string,
): XmlElement | undefined {
	return parent?.children.find((one) => one.name === name && one.namespace === namespace);
}

export function escapeXml(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
	};
	return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function toElement(node: ParsedNode, inherited: Namespaces): XmlElement {
	const qualifiedName = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';
	const namespaces = { ...inherited, ...declaredBy(node) };
	const [prefix, name] = qualifiedName.includes(':')
		? (qualifiedName.split(':', 2) as [string, string])
		: ['', qualifiedName];
	const content = node[qualifiedName] as ParsedNode[];
	return {
		namespace: namespaces[prefix] ?? '',
		name,
		children: content.filter((one) => !(TEXT in one)).map((one) => toElement(one, namespaces)),
		text: content.map((one) => String(one[TEXT] ?? '')).join(''),
	};
}

function declaredBy(node: ParsedNode): Namespaces {
	const namespaces: Namespaces = {};
	for (const [name, value] of Object.entries((node[ATTRIBUTES] ?? {}) as Namespaces)) {
		if (name === 'xmlns') namespaces[''] = value;
		else if (name.startsWith('xmlns:')) namespaces[name.slice('xmlns:'.length)] = value;
	}
	return namespaces;
}
