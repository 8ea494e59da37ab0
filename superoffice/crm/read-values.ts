import { SuperOfficeError } from '../errors';

/** Whether it is a number that is exactly what was meant: of more than 15 digits, the last ones are lost. */
export function isExact(value: unknown): value is number {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** The value as text. Throws `INVALID_INPUT` for what is neither text nor a number nor a boolean, as is NaN. */
export function readText(label: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (isExact(value) || typeof value === 'boolean') return String(value);
	throw invalid(`${label} is not text.`, 'Enter text, or a number of no more than 15 digits.');
}

/** The digits of a whole number, given as number or text. Throws `INVALID_INPUT`. */
export function readInteger(label: string, value: unknown): string {
	if (Number.isSafeInteger(value)) return String(value);
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^-?\d{1,15}$/.test(text)) return String(Number(text));
	throw invalid(`${label} is not a whole number.`, 'Enter digits only, such as 42.');
}

/** How many records to stop after. Throws `INVALID_INPUT` also for 0. */
export function readLimit(label: string, value: unknown): number {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw invalid(
		`${label} must be a whole number above 0.`,
		'Enter how many records to return at most, or turn on Return All.',
	);
}

/** The digits of a number, with a point, given as number or text. Throws `INVALID_INPUT`. */
export function readDecimal(label: string, value: unknown): string {
	// Never 1e-7, which not everyone reads.
	if (typeof value === 'number' && Number.isFinite(value)) {
		return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
	}
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return text;
	throw invalid(`${label} is not a number.`, 'Enter it with a decimal point, such as 4.43.');
}

/** Throws `INVALID_INPUT` for what is neither true nor false, nor one of the texts and numbers for them. */
export function readBoolean(label: string, value: unknown): boolean {
	const text = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (['true', '1'].includes(text)) return true;
	if (['false', '0'].includes(text)) return false;
	throw invalid(`${label} is neither true nor false.`, 'Enter true or false.');
}

/** Nothing was given: neither a value nor a text with something in it that can be seen. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && comparable(value) === '';
}

/** A text without what nobody sees: the case, the kind of spaces, and signs without width. */
export function comparable(text: string): string {
	const visible = text.normalize('NFC').replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '');
	return visible.replace(/\s+/g, ' ').trim().toLocaleLowerCase();
}

function invalid(message: string, hint: string): SuperOfficeError {
	return new SuperOfficeError('INVALID_INPUT', message, hint);
}
