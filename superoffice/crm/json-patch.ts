/** One step of a JSON Patch (RFC 6902). */
export interface PatchOperation {
	op: 'replace';
	path: string;
	value: unknown;
}

/** The JSON Patch that sets properties; doing it twice comes to the same as doing it once. */
export function patchOperations(
	changes: ReadonlyArray<{ path: readonly string[]; value: unknown }>,
): PatchOperation[] {
	return changes.map(({ path, value }) => ({
		op: 'replace',
		path: path.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1')).join('/'),
		value,
	}));
}
