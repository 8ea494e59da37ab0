import { createPrivateKey, type KeyObject } from 'crypto';

import { XMLParser } from '../third-party/fast-xml-parser';

/** Elements of `<RSAKeyValue>`, in the form SuperOffice hands out, and the members of a JWK they are. */
const publicMembers = { Modulus: 'n', Exponent: 'e' } as const;
const privateMembers = {
	D: 'd',
	P: 'p',
	Q: 'q',
	DP: 'dp',
	DQ: 'dq',
	InverseQ: 'qi',
} as const;
const members = { ...publicMembers, ...privateMembers };

const parser = new XMLParser({ parseTagValue: false, processEntities: false });

/** What an `<RSAKeyValue>` turned out to be: a key, only the public half of one, or nothing that can be read. */
type RsaXml = KeyObject | 'public half' | 'damaged';

/** Whether a text is, or holds, a key in XML. */
export function isRsaXml(text: string): boolean {
	return text.includes('<RSAKeyValue');
}

/** The private key in the XML form that .NET writes and SuperOffice hands out. */
export function readRsaXml(text: string): RsaXml {
	const elements = parse(text);
	const texts = Object.entries(members).map(([element, member]) => {
		const value = elements[element];
		return [member, typeof value === 'string' ? toBase64url(value) : ''] as const;
	});
	const jwk = Object.fromEntries(texts.filter(([, value]) => value !== ''));
	const isPublic = Object.values(publicMembers).every((member) => member in jwk);
	const isPrivate = Object.values(privateMembers).some((member) => member in jwk);
	if (isPublic && !isPrivate) return 'public half';
	try {
		return createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
	} catch {
		return 'damaged';
	}
}

function parse(text: string): Record<string, unknown> {
	const xml = text.slice(text.indexOf('<RSAKeyValue'));
	try {
		const { RSAKeyValue: elements } = parser.parse(xml) as { RSAKeyValue?: unknown };
		return typeof elements === 'object' && elements !== null
			? (elements as Record<string, unknown>)
			: {};
	} catch {
		return {};
	}
}

function toBase64url(value: string): string {
	const base64 = value.replace(/\\[rn]|\s/g, '');
	return /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
		? base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
		: '';
}
