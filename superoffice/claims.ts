const prefix = 'http://schemes.superoffice.net/identity/';

/** The names SuperOffice gives the claims that this library reads. */
export const claimNames = {
	contextIdentifier: `${prefix}ctx`,
	serial: `${prefix}serial`,
	ticket: `${prefix}ticket`,
	webApiUrl: `${prefix}webapi_url`,
} as const;

/** The claims of a verified JWT, under their full names. */
export type Claims = Record<string, unknown>;

/** The claims under short names (`company_name`, `associateid`, ...), without the ticket: fit to be shown. */
export function describeClaims(claims: Claims): Claims {
	return Object.fromEntries(
		Object.entries(claims)
			.filter(([name]) => name !== claimNames.ticket)
			.map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]),
	);
}
