const prefix = 'http://schemes.superoffice.net/identity/';

/** The claims that may be kept and shown: who the system user is, at which tenant, and the JWT's own data. */
export const claimNames = [
	...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat'],
	...['ctx', 'serial', 'company_name', 'webapi_url', 'netserver_url'],
	...['associateid', 'personid', 'firstname', 'lastname', 'initials', 'is_administrator'],
	...['upn', 'email', 'so_primary_email_address', 'identityprovider'],
];

const listed = new Set(claimNames);
const longestText = 1000;

/** Claims of a verified JWT, SuperOffice's own under their short names: `ctx`, `company_name`, `associateid`, ... */
export type Claims = Record<string, unknown>;

/** One of SuperOffice's own claims, by its short name. */
export function ownClaim(claims: Record<string, unknown>, name: string): unknown {
	return claims[prefix + name];
}

/** Claims under short names. One of SuperOffice's own wins over another of that name. */
export function shortClaims(claims: Record<string, unknown>): Claims {
	const own: Array<[string, unknown]> = [];
	const others: Array<[string, unknown]> = [];
	for (const [name, value] of Object.entries(claims)) {
		if (name.startsWith(prefix)) own.push([name.slice(prefix.length), value]);
		else others.push([name, value]);
	}
	return Object.fromEntries([...others, ...own]);
}

/**
 * Those claims that may be kept and shown: the names are listed, as any other may hold a secret (`system_token` and
 * `refresh_token` do), and the values are numbers, booleans and texts of up to 1,000 characters, a list of them for `aud`.
 *
 * @param claims under their short names
 * @param secrets claims that contain one of these are left out as well
 */
export function listedClaims(claims: Claims, secrets: string[] = []): Claims {
	return Object.fromEntries(
		Object.entries(claims).filter(
			([name, value]) =>
				listed.has(name) &&
				(name === 'aud' ? [value].flat() : [value]).every(isPlain) &&
				!secrets.some((secret) => secret !== '' && String(value).includes(secret)),
		),
	);
}

function isPlain(value: unknown): boolean {
	return typeof value === 'string'
		? value.length <= longestText
		: typeof value === 'number' || typeof value === 'boolean';
}
