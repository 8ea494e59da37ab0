import { SuperOfficeError } from '../errors';
import { isEmpty, isExact } from './read-values';

/** One of several e-mail addresses, phone numbers or web addresses, as SuperOffice has it; there may be more in it. */
export interface Element {
	Value: string;
	Description?: string;
}

/**
 * The list to send for values that are given as text. Those that stay keep their description and whatever else is in
 * them, those left out are removed, new ones are added, in the order they are given; each value once, without regard to
 * case.
 *
 * @param values one text with commas, line breaks or semicolons in between, or an array; only in an array may a new value
 * have one of them in it, or be an element with a description of its own
 * @param label of the form's field, for messages
 * @throws SuperOfficeError `INVALID_INPUT` for what is neither
 */
export function mergeElements(
	values: unknown,
	current: readonly Element[] | null | undefined,
	label: string,
): Element[] {
	// As it was read: also where a value has a comma in it, or comes twice.
	if (current && values === joinElements(current)) return [...current];
	const items = Array.isArray(values) ? (values as unknown[]) : split(values);
	const merged = new Map<string, Element>();
	for (const item of items) {
		const given = readElement(item, label);
		const key = given.Value.toLowerCase();
		if (isEmpty(given.Value) || merged.has(key)) continue;
		const known = current?.find(({ Value }) => String(Value).trim().toLowerCase() === key);
		merged.set(key, { ...known, ...given });
	}
	return [...merged.values()];
}

/** The values, with commas in between. */
export function joinElements(list: readonly Element[] | null | undefined): string {
	const values = (list ?? []).map(({ Value }) => Value ?? '');
	return values.filter((value) => value !== '').join(', ');
}

function split(values: unknown): unknown[] {
	if (values === undefined || values === null) return [];
	return typeof values === 'string' ? values.split(/[,\r\n]/).flatMap(splitAtSemicolons) : [values];
}

/** An address of the web may have a semicolon in it, and so has a phone number before its extension (`;ext=5`). */
function splitAtSemicolons(text: string): string[] {
	return text.split(text.includes('/') ? /;(?=\s|$|https?:|[^;]*@)/i : /;(?!\w+=)/);
}

function readElement(item: unknown, label: string): Element {
	if (typeof item === 'string' || isExact(item)) return { Value: String(item).trim() };
	const element = item as Partial<Element> | null | undefined;
	if (typeof element === 'object' && typeof element?.Value === 'string') {
		return { ...element, Value: element.Value.trim() };
	}
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${label} is neither text nor a list of texts.`,
		'Enter one value, or several with commas in between.',
	);
}
