import type { ServerResponse } from 'node:http';
import type { AnyHow } from '../control/misbehaviour';
import { reply, type Reply } from '../messages';
import { byteByByte, half, sendFlood, type SendBody } from './bodies';
import type { Timers } from './timers';

/** A request to misbehave on. */
export interface Occasion {
	response: ServerResponse;
	timers: Timers;
	/** Does what the service should, without sending it */
	answer: () => Reply;
	/** Sends the headers alone */
	begin: (status: number, headers: Record<string, string>) => void;
	send: (answer: Reply, sendBody?: SendBody) => void;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function misbehave(how: AnyHow, { response, timers, answer, begin, send }: Occasion): void {
	switch (how.kind) {
		case 'status': {
			const { status, body = '{"Message":"An error has occurred."}', headers } = how;
			const plain = reply(status, JSON_TYPE, body);
			return send({ ...plain, headers: { ...plain.headers, ...headers } });
		}
		case 'body':
			return send(reply(how.status ?? 200, how.contentType ?? 'text/html', how.body));
		case 'redirect':
			return send({ status: how.status ?? 302, headers: { Location: how.location }, body: '' });
		case 'reset':
			response.socket?.destroy();
			return;
		case 'hang':
			if (how.milliseconds !== undefined) {
				timers.after(how.milliseconds, () => response.socket?.destroy());
			}
			return;
		case 'slow':
			return timers.after(how.milliseconds, () => send(answer()));
		case 'cut':
			return send(answer(), half);
		case 'lost':
			answer();
			response.socket?.destroy();
			return;
		case 'trickle':
			return send(answer(), byteByByte(how.milliseconds, timers));
		case 'flood':
			begin(200, { 'Content-Type': JSON_TYPE });
			return sendFlood(response, how.bytes);
	}
}
