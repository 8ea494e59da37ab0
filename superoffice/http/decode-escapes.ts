/** A text without its escapes, and where each of its characters (UTF-16) starts in the original; also where that ends. */
export interface DecodedText {
	text: string;
	starts: number[];
}

/** Nobody escapes a text more often. */
const mostPasses = 5;

const escapes = new RegExp(
	[
		String.raw`\\u(?<unit>[0-9a-f]{4})`,
		String.raw`\\(?<escaped>["'\\/])`,
		String.raw`(?<percent>%[0-7][0-9a-f]|%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3})`,
		String.raw`&#x0*(?<hex>[0-9a-f]{1,6});?`,
		String.raw`&#0*(?<decimal>[0-9]{1,7});?`,
		String.raw`&(?<name>amp|lt|gt|quot|apos|nbsp);`,
		String.raw`(?<space>(?:\s|\\[nrt])+)`,
	].join('|'),
	'gi',
);

const names: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/**
 * Undoes what may have been done to a text on its way: escapes of HTML, URLs and JSON, also several on top of each other.
 * White space becomes single spaces.
 */
export function decodeEscapes(text: string): DecodedText {
	let decoded: DecodedText = {
		text,
		starts: Array.from({ length: text.length + 1 }, (_, at) => at),
	};
	for (let pass = 0; pass < mostPasses; pass++) {
		const next = decodeOnce(decoded);
		if (next.text === decoded.text) break;
		decoded = next;
	}
	return decoded;
}

function decodeOnce({ text, starts }: DecodedText): DecodedText {
	const decoded: DecodedText = { text: '', starts: [] };
	let end = 0;
	const keep = (to: number) => {
		decoded.text += text.slice(end, to);
		for (let at = end; at < to; at++) decoded.starts.push(starts[at]!);
	};
	for (const { 0: escape, index, groups = {} } of text.matchAll(escapes)) {
		keep(index);
		const character = decode(groups) ?? escape;
		decoded.text += character;
		decoded.starts.push(...Array<number>(character.length).fill(starts[index]!));
		end = index + escape.length;
	}
	keep(text.length);
	decoded.starts.push(starts[text.length]!);
	return decoded;
}

function decode(groups: Record<string, string | undefined>): string | undefined {
	const { unit, escaped, percent, hex, decimal, name } = groups;
	if (unit !== undefined) return String.fromCharCode(parseInt(unit, 16));
	if (escaped !== undefined) return escaped;
	if (percent !== undefined) return decodePercent(percent);
	if (hex !== undefined) return fromCodePoint(parseInt(hex, 16));
	if (decimal !== undefined) return fromCodePoint(Number(decimal));
	return name === undefined ? ' ' : names[name.toLowerCase()];
}

function decodePercent(percent: string): string | undefined {
	try {
		return decodeURIComponent(percent);
	} catch {
		return undefined;
	}
}

function fromCodePoint(point: number): string | undefined {
	return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
