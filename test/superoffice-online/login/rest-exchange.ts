import type { World } from '../control/world';
import { json, mediaType, message, type Call, type Route } from '../messages';
import type { Environment } from './environments';
import { exchange, type ExchangeAttempt } from './exchange';

/** POST /Login/api/PartnerSystemUser/Authenticate */
export function restExchange(world: World, environment: Environment, call: Call): Route {
	if (call.method !== 'POST') {
		const text = `The requested resource does not support http method '${call.method}'.`;
		return { answer: () => message(405, text) };
	}
	world.traffic.counts.restExchanges += 1;
	const attempt = readAttempt(call.body);
	return {
		place: 'exchange',
		contextIdentifier: attempt?.contextIdentifier,
		answer: (how) => {
			if (mediaType(call) !== 'application/json') {
				return message(415, "The request entity's media type is not supported for this resource.");
			}
			if (!attempt) return message(400, 'The request is invalid.');
			const outcome = exchange(world, environment, attempt, how);
			return json(200, {
				IsSuccessful: outcome.isSuccessful,
				Token: outcome.isSuccessful ? outcome.token : null,
				ErrorMessage: outcome.isSuccessful ? null : outcome.errorMessage,
			});
		},
	};
}

function readAttempt(body: string): ExchangeAttempt | undefined {
	let fields: unknown;
	try {
		fields = JSON.parse(body);
	} catch {
		return undefined;
	}
	if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return undefined;
	const text = (name: string) => {
		const value = (fields as Record<string, unknown>)[name];
		return typeof value === 'string' ? value : '';
	};
	return {
		applicationToken: text('ApplicationToken'),
		contextIdentifier: text('ContextIdentifier'),
		signedSystemToken: text('SignedSystemToken'),
		returnTokenType: text('ReturnTokenType'),
	};
}
