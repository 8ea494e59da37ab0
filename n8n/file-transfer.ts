import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { FileContent, ReceiveContent } from '../superoffice';
import { readText } from './http';

/** What a call has that sends or receives the bytes of a file. */
export interface FileTransfer {
	/** Sent as it is, in place of a body. */
	content?: FileContent;
	/** Takes the bytes of a successful answer, in place of its JSON. */
	receive?: ReceiveContent;
}

/** As n8n hands out streams. */
interface NodeStream extends AsyncIterable<Uint8Array> {
	destroy(): unknown;
	on(event: 'error', listener: (error: Error) => void): unknown;
}

interface Answer {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** A longer error is not SuperOffice's. */
const longestError = 1024 ** 2;

/** One try to send or receive a file. Its streams end with it, also where it takes too long. */
export class FileTry {
	private readonly streams = new Set<NodeStream>();

	private constructor(
		private readonly transfer: FileTransfer,
		private readonly signal: AbortSignal,
	) {
		signal.addEventListener('abort', () => this.close());
	}

	/** Whether it took too long: what it ends in then says no more than that its streams were closed. */
	get hasTimedOut(): boolean {
		return this.signal.aborted;
	}

	/** @param timeout milliseconds */
	static begin(transfer: FileTransfer, timeout: number): FileTry | undefined {
		const { content, receive } = transfer;
		if (content === undefined && receive === undefined) return undefined;
		return new FileTry(transfer, AbortSignal.timeout(timeout));
	}

	/** What the request has on top of what every request has. */
	async options(headers: IDataObject): Promise<Partial<IHttpRequestOptions>> {
		const { content, receive } = this.transfer;
		const bytes = await content?.open();
		if (isStream(bytes)) this.streams.add(bytes);
		return {
			...(content && { body: bytes as IHttpRequestOptions['body'] }),
			headers: {
				...headers,
				...(content && {
					'Content-Type': 'application/octet-stream',
					'Content-Length': content.size,
				}),
			},
			...(receive && { encoding: 'stream' }),
			// n8n would send a stream again after a 401, though there is nothing left in it.
			ignoreHttpStatusErrors: true,
		};
	}

	/** @throws what cut the bytes off, or what `receive` throws */
	async read({ status, headers, body }: Answer): Promise<Answer> {
		const { receive } = this.transfer;
		if (receive === undefined || !isStream(body)) return { status, headers, body };
		this.streams.add(body);
		if (status < 200 || status >= 300) {
			const text = await readText(body, longestError);
			return { status, headers, body: parse(text) };
		}
		let cutOff: Error | undefined;
		body.on('error', (error) => (cutOff = error));
		const received = await receive(body, headers).catch((error: unknown) => {
			throw cutOff === undefined ? error : new CutOffError(cutOff);
		});
		return { status, headers, body: received };
	}

	close(): void {
		for (const stream of this.streams) stream.destroy();
		this.streams.clear();
	}
}

/** The answer ended before its end. */
export class CutOffError extends Error {
	readonly code = 'RESPONSE_TRUNCATED';

	constructor(cause: Error) {
		super('The answer was cut off', { cause });
	}
}

function isStream(value: unknown): value is NodeStream {
	return typeof (value as Partial<NodeStream> | undefined)?.destroy === 'function';
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
