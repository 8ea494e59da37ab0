/** The name of a file in the header Content-Disposition, without folders; `undefined` if it has none. */
export function fileNameIn(disposition: unknown): string | undefined {
	const header = typeof disposition === 'string' ? disposition : '';
	const [, encoded] = /;\s*filename\*\s*=\s*"?utf-8'[^']*'([^;"\s]+)/i.exec(header) ?? [];
	const [, quoted, bare] =
		/;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]+))/i.exec(header) ?? [];
	const plain = quoted?.replace(/\\(.)/g, '$1') ?? bare;
	const name = decoded(encoded) ?? (plain === undefined ? undefined : asUtf8(plain));
	const own = name?.split(/[/\\]/).at(-1)?.trim();
	return own === '' ? undefined : own;
}

function decoded(encoded: string | undefined): string | undefined {
	try {
		return encoded === undefined ? undefined : decodeURIComponent(encoded);
	} catch {
		return undefined;
	}
}

/** HTTP clients read the bytes of a header one by one, as Latin-1; some servers send UTF-8. */
function asUtf8(text: string): string {
	const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
	if (String.fromCharCode(...bytes) !== text) return text;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return text;
	}
}
