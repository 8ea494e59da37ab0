/** Characters and UTF-8 bytes of the longest text that a key is looked for in. A key takes a few KB. */
export const longestKeyText = 64 * 1024;

/** Whether a text is too long to look for a key in: reading it could take as long as whoever wrote it likes. */
export function isTooLong(text: string): boolean {
	return text.length > longestKeyText || Buffer.byteLength(text) > longestKeyText;
}
