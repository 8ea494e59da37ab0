import { inspect } from 'node:util';

import type { SuperOfficeOnline } from '../../superoffice-online';

/** Shorter pieces could appear anywhere by chance. */
const shortestPiece = 12;

/**
 * Everything that must not appear in any message, log or run: the secrets in the credential, and those sent because of
 * it. Long secrets are split at line breaks, so that parts of them are found, too.
 */
export function secretsOf(online: SuperOfficeOnline, credential: object): string[] {
	const { clientSecret, systemUserToken, privateKey, privateKeyPassphrase, ...others } =
		credential as Record<string, unknown>;
	const typed = [clientSecret, systemUserToken, privateKey, privateKeyPassphrase, others.ticket];
	const sent = online.requests.flatMap(({ body, answer = '' }) => [
		...signedTokensIn(body),
		...(answer.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? []).flatMap((jwt) => jwt.split('.')),
	]);
	const tickets = online.tickets.map(({ ticket }) => ticket);
	const pieces = [...typed, ...sent, ...tickets]
		.filter((secret) => typeof secret === 'string')
		.flatMap((secret) => secret.split(/\s*\n\s*|[<>]/))
		.filter((piece) => piece.length >= shortestPiece && !/^-----|^\/?[A-Za-z]+$/.test(piece));
	const [, secretPart = ''] = /-(\w{10})\s*$/.exec(String(systemUserToken)) ?? [];
	return [...new Set([...pieces, secretPart])].filter((secret) => secret !== '');
}

function signedTokensIn(body: string): string[] {
	const [, signedToken] = /SignedSystemToken[">:]+([^"<]+)/.exec(body) ?? [];
	return signedToken === undefined ? [] : [signedToken, signedToken.split('.').at(-1)!];
}

/** Which of the secrets appear in these values, however they are printed, escaped or capitalized. */
export function leaksIn(things: unknown[], secrets: string[]): string[] {
	const written = things.map(writeOut).join('\n');
	const texts = [written, unescape(written)].map((text) => text.toLowerCase());
	return secrets.filter((secret) =>
		[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some((form) =>
			texts.some((text) => text.includes(form.toLowerCase())),
		),
	);
}

/** Without the escapes of URLs, HTML and JSON. */
function unescape(text: string): string {
	const character = (digits: string, radix: number) => String.fromCharCode(parseInt(digits, radix));
	return text
		.replace(/(?:\\+u00|%)([2-7][0-9a-f])/gi, (_, digits: string) => character(digits, 16))
		.replace(/&amp;/gi, '&')
		.replace(/&#x([0-9a-f]{2});/gi, (_, digits: string) => character(digits, 16))
		.replace(/&#(\d{2,3});/g, (_, digits: string) => character(digits, 10))
		.replace(/&quot;/gi, '"')
		.replace(/&nbsp;/gi, ' ');
}

function writeOut(thing: unknown): string {
	const everything = { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null };
	const seen = new WeakSet();
	const json = JSON.stringify(thing, (_, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return undefined;
		seen.add(value);
		return value;
	});
	return `${inspect(thing, everything)}\n${json}`;
}
