interface PatchOperation {
	op: 'replace';
	path: string;
	value: unknown;
}

/**
 * The JSON Patch for changes of an entity, in their order; of two changes at one path, the last.
 *
 * @param changes `path` as in `Field`, such as `Category` or `Address/Street`, whose value is the whole structure:
 * SuperOffice fails on one line of an address; a custom field is one of its own, `CustomFields/SuperOffice:7`
 */
export function patchOperations(
	changes: ReadonlyArray<{ path: string; value: unknown }>,
): PatchOperation[] {
	const values = new Map(changes.map(({ path, value }) => [escapeKey(path), value]));
	return [...values].map(([path, value]) => ({ op: 'replace', path, value }));
}

/** A custom field's key is one step of the path, whatever is in it. */
function escapeKey(path: string): string {
	const [, start, key] = /^(CustomFields\/)(.*)$/s.exec(path) ?? [];
	if (start === undefined || key === undefined) return path;
	return start + key.replaceAll('~', '~0').replaceAll('/', '~1');
}
