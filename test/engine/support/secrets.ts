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
	return [...new Set(pieces)];
}

function signedTokensIn(body: string): string[] {
	const [, signedToken] = /SignedSystemToken[">:]+([^"<]+)/.exec(body) ?? [];
	return signedToken === undefined ? [] : [signedToken, signedToken.split('.').at(-1)!];
}

/** Which of the secrets appear in these values, however they are printed. */
export function leaksIn(things: unknown[], secrets: string[]): string[] {
	const text = things.map(writeOut).join('\n');
	return secrets.filter((secret) =>
		[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some((form) =>
			text.includes(form),
		),
	);
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
