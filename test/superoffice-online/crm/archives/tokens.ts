import { illegal } from '../errors';

/** A piece of a filter. */
export type Token =
	| { kind: 'word'; text: string }
	| { kind: 'text'; text: string }
	/** [I:3] has the marker I and the text 3 */
	| { kind: 'encoded'; marker: string; text: string }
	| { kind: '(' | ')' | ',' | '=' };

const SPACE = /\s+/y;
const TEXT = /'((?:[^'\\]|\\[\s\S])*)'/y;
const ENCODED = /\[([A-Z]+):([^\]]*)\]/y;
const WORD = /[^\s'(),=[\]]+/y;
const MARK = /[(),=]/y;

/**
 * Cuts a filter into pieces. A quote inside a text is written \', and a backslash \\; a backslash before
 * anything else is a backslash.
 * @throws ApiError 400 if a text has no end
 */
export function tokensOf(filter: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	const take = (pattern: RegExp) => {
		pattern.lastIndex = at;
		const match = pattern.exec(filter);
		if (match) at += match[0].length;
		return match;
	};
	while (at < filter.length) {
		if (take(SPACE)) continue;
		const text = take(TEXT);
		const encoded = text ? null : take(ENCODED);
		const word = text || encoded ? null : take(WORD);
		const mark = text || encoded || word ? null : take(MARK);
		if (text) tokens.push({ kind: 'text', text: text[1]!.replace(/\\(['\\])/g, '$1') });
		else if (encoded) tokens.push({ kind: 'encoded', marker: encoded[1]!, text: encoded[2]! });
		else if (word) tokens.push({ kind: 'word', text: word[0] });
		else if (mark) tokens.push({ kind: mark[0] as '(' });
		else throw illegal(`Illegal filter at position ${at + 1}: ${filter}`);
		const last = tokens.at(-1)!;
		// Two texts without anything between them are one text whose quote was not escaped.
		const joined =
			['text', 'word', 'encoded'].includes(last.kind) && /[^\s(),=]/.test(filter[at] ?? ' ');
		if (joined) throw illegal(`Illegal filter at position ${at + 1}: ${filter}`);
	}
	return tokens;
}
