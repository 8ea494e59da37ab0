import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { Timers } from './timers';

/** Sends the body of an answer whose headers are written. */
export type SendBody = (response: ServerResponse, body: Buffer) => void;

export const whole: SendBody = (response, body) => {
	response.end(body);
};

/** Closes the connection halfway through. */
export const half: SendBody = (response, body) => {
	const start = body.subarray(0, Math.ceil(body.length / 2));
	response.write(start, () => response.socket?.destroySoon());
};

/** Sends one byte every `milliseconds`. */
export function byteByByte(milliseconds: number, timers: Timers): SendBody {
	return (response, body) => {
		response.flushHeaders();
		let sent = 0;
		const stop = timers.every(milliseconds, () => {
			if (sent < body.length && !response.destroyed) {
				response.write(body.subarray(sent, ++sent));
			} else {
				stop();
				response.end();
			}
		});
		response.once('close', stop);
	};
}

const FLOOD_START = Buffer.from('{"value":"');
const FLOOD_CHUNK = Buffer.alloc(64 * 1024, 'x');

/** Sends so many bytes that look like JSON, no faster than the client takes them. */
export function sendFlood(response: ServerResponse, bytes: number): void {
	// Nothing to do about a client that leaves: the stream has ended by then.
	pipeline(Readable.from(flood(bytes)), response, () => undefined);
}

function* flood(bytes: number): Generator<Buffer> {
	yield FLOOD_START.subarray(0, bytes);
	for (let left = bytes - FLOOD_START.length; left > 0; left -= FLOOD_CHUNK.length) {
		yield FLOOD_CHUNK.subarray(0, left);
	}
}
