/** Milliseconds that a call may take that sends or receives a file, unless the user says otherwise. */
export const fileCallTimeout = 5 * 60_000;

/** Bytes as they come. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** A file that is to be sent. */
export interface FileContent {
	/** With its extension: `letter.docx`. */
	name: string;
	/** `application/pdf`; unknown by default. */
	type?: string;
	/** In bytes. */
	size: number;
	/** The bytes from the beginning. A call that is repeated opens it anew. */
	open(): Promise<Uint8Array | ByteStream>;
}

/**
 * Takes the bytes of a file. Called anew, with all of them, if they were cut off.
 *
 * @param headers of the answer, with names in lower case
 */
export type ReceiveContent = (
	bytes: ByteStream,
	headers: Readonly<Record<string, unknown>>,
) => Promise<unknown>;
