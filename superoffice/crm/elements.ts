import { isObject } from './crm-session';
import { splitTexts } from './field-values';

/**
 * The list that texts come to, such as e-mail addresses. Those that are there already keep their place in SuperOffice
 * and what it knows of them.
 *
 * @param value texts, or one text with commas
 * @param current `{ Value, Description }`, as SuperOffice has them
 */
export function mergeElements(
	value: unknown,
	current: readonly unknown[],
): Array<Record<string, unknown>> {
	const known = current.filter(isObject);
	return splitTexts(value).map((text) => {
		const same = known.find(
			({ Value }) => String(Value).trim().toLowerCase() === text.toLowerCase(),
		);
		return same === undefined ? { Value: text, Description: '' } : { ...same, Value: text };
	});
}

/** The values of such a list, separated by commas. */
export function joinElements(list: readonly unknown[]): string {
	return list
		.filter(isObject)
		.map(({ Value }) => String(Value ?? ''))
		.filter((text) => text !== '')
		.join(', ');
}
