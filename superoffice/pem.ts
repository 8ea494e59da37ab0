/** One block of PEM text: its label, like `PRIVATE KEY`, and the bytes in it. */
export interface PemBlock {
	label: string;
	/** `undefined` if what stands between the lines is not whole base64. */
	der?: Buffer;
	encrypted: boolean;
}

/**
 * The PEM blocks in a text, however its line breaks came through: as they were, as CRLF, spaces, a literal `\n`,
 * or not at all; with text, quotes or a byte order mark around.
 */
export function readPemBlocks(text: string): PemBlock[] {
	const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+?)-----([\s\S]*?)-----END \1-----/g);
	return [...blocks].map(([, label = '', body = '']) => ({
		label,
		der: readBase64(body),
		encrypted: label.startsWith('ENCRYPTED') || /Proc-Type:\s*4,\s*ENCRYPTED/.test(body),
	}));
}

function readBase64(body: string): Buffer | undefined {
	const base64 = body.replace(/\\[rn]|\s/g, '');
	const whole =
		base64.length > 0 && base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
	return whole ? Buffer.from(base64, 'base64') : undefined;
}
