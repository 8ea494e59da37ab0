const prefix = 'http://schemes.superoffice.net/identity/';

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
