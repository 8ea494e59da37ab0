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
		'Environment is not one of SuperOffice’s environments.',
		'Choose Development (sod), Stage (qaonline) or Production (online).',
	);
}
