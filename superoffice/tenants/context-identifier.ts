import { SuperOfficeError } from '../errors';
import { readField } from '../fields';

/** `Cust` and digits, in SuperOffice's own spelling. Throws `INVALID_INPUT`. */
export function readContextIdentifier(value: unknown): string {
	const text = readField('Context Identifier', value).trim();
	const digits = /^cust(\d{1,15})$/i.exec(text)?.[1];
	if (digits !== undefined) return `Cust${digits}`;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		text === ''
			? 'Context Identifier is empty.'
			: 'Context Identifier is not a tenant’s identifier.',
		'Enter "Cust" and digits, as in Cust12345. It is part of the tenant’s web address: https://online.superoffice.com/Cust12345.',
	);
}
