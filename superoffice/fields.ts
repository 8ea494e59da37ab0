import { SuperOfficeError } from './errors';

/** The text in a field, empty if there is none. Throws `INVALID_INPUT` for what is no text. */
export function readField(field: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${field} is not text.`,
		'A program gave something else. Pass it as a string.',
	);
}

/** Throws `INVALID_INPUT` for anything but a point in time. */
export function requireDate(what: string, value: unknown): Date {
	if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${what} is not a valid Date.`,
		'Leave it out to use the current time.',
	);
}
