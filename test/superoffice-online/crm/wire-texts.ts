import type { IncomingHttpHeaders } from 'node:http';

const LANGUAGES: Record<string, string> = { en: 'US', nb: 'NO', nn: 'NO', no: 'NO' };

/** Resolves a text in several languages, like NO:"Kunde";US:"Customer"; leaves any other as it is. */
export type Translate = (text: string) => string;

/** As the caller's headers want it: as it is stored without a language, or with SO-Language `*` or `x`. */
export function translator(headers: IncomingHttpHeaders): Translate {
	const wanted = headers['so-language'] ?? headers['accept-language'];
	const name = String(wanted ?? '*')
		.split(/[-,;]/, 1)[0]!
		.trim()
		.toLowerCase();
	if (name === '*' || name === 'x') return (text) => text;
	const language = LANGUAGES[name] ?? name.toUpperCase();
	return (text) => {
		const texts = [...text.matchAll(/\b([A-Z]{2}):"([^"]*)"/g)];
		if (texts.length === 0) return text;
		const inLanguage = (code: string) => texts.find(([, found]) => found === code)?.[2];
		return inLanguage(language) ?? inLanguage('US') ?? texts[0]![2]!;
	};
}
