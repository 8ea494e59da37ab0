import { SuperOfficeError } from './errors';

/** SuperOffice's three online environments, by the names of their login hosts. */
export const environments = {
	sod: { name: 'Development', loginHost: 'sod.superoffice.com' },
	qaonline: { name: 'Stage', loginHost: 'qaonline.superoffice.com' },
	online: { name: 'Production', loginHost: 'online.superoffice.com' },
} as const;

export type Environment = keyof typeof environments;

/** The environment of that name. Throws `INVALID_INPUT` for any other. */
export function readEnvironment(value: unknown): Environment {
	if (typeof value === 'string' && Object.hasOwn(environments, value)) return value as Environment;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Environment: this is none of SuperOffice’s environments.',
		'Choose Development (sod), Stage (qaonline) or Production (online).',
	);
}

/** Whether a URL may be given a secret: HTTPS, on SuperOffice's own domain, at the usual port, nobody logged in by the URL. */
export function isSuperOfficeUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname, port, username, password } = new URL(url);
	return (
		protocol === 'https:' &&
		hostname.endsWith('.superoffice.com') &&
		port === '' &&
		username === '' &&
		password === ''
	);
}
