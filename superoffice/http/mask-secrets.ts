import { decodeEscapes, type DecodedText } from './decode-escapes';

/** Characters of the shortest secret that is masked: SuperOffice's have 10 and more; a shorter one may be a word. */
const shortestSecret = 4;

/** What looks like a secret: a JWT, a signature, a ticket. */
const longBase64 = /[\w+/=-]{40,}/g;

/** Start and end. */
type Range = [number, number];

/**
 * Masks secrets in a text, and whatever looks like one. They are found as they are, in other letter case, with other
 * white space, and escaped for HTML, URLs or JSON. The secret part of a system user token, which stands after the
 * application's name, is found by itself.
 */
export function maskSecrets(text: string, secrets: string[]): string {
	const decoded = decodeEscapes(text);
	const comparable = fold(decoded.text);
	const found = secrets
		.flatMap((secret) => [secret, secret.slice(secret.lastIndexOf('-') + 1)])
		.map((secret) => fold(decodeEscapes(secret).text).trim())
		.filter(({ length }) => length >= shortestSecret)
		.flatMap((secret) => rangesOf(secret, comparable));
	for (const { 0: run, index } of decoded.text.matchAll(longBase64)) {
		found.push([index, index + run.length]);
	}
	return mask(
		text,
		found.map(([start, end]) => [sourceOf(decoded, start), sourceOf(decoded, end)]),
	);
}

/** Without case, and with the space that a plus sign is in URLs. Keeps the length. */
function fold(text: string): string {
	return text.replace(/[^a-z0-9]/g, (unit) =>
		unit === '+' ? ' ' : (unit.toLowerCase()[0] ?? unit),
	);
}

function rangesOf(part: string, text: string): Range[] {
	const ranges: Range[] = [];
	for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
		ranges.push([at, at + part.length]);
	}
	return ranges;
}

function sourceOf({ starts }: DecodedText, index: number): number {
	return starts[index] ?? 0;
}

/** Ranges that overlap are masked as one. */
function mask(text: string, ranges: Range[]): string {
	let masked = '';
	let end = 0;
	for (const [from, to] of ranges.sort(([one], [other]) => one - other)) {
		if (from >= end) masked += `${text.slice(end, from)}***`;
		end = Math.max(end, to);
	}
	return masked + text.slice(end);
}
