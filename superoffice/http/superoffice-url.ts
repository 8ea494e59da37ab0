import { SuperOfficeError } from '../errors';

/** Whether a URL may be given a secret: HTTPS on SuperOffice's own domain, at the usual port, with no login in it. */
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

/** The last gate before a secret leaves: no claim, answer or stored address leads one elsewhere. Throws `INVALID_INPUT`. */
export function requireSuperOfficeUrl(url: string): void {
	if (isSuperOfficeUrl(url)) return;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${new URL(url).host} does not belong to SuperOffice, so nothing was sent there.`,
		'Tickets and secrets only go to https addresses on superoffice.com.',
	);
}
