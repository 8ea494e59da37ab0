import { isUnavailableStatus } from '../http/http';
import { parseJsonObject } from '../http/json';
import type { Protocol } from './protocol';

/** JSON in and out. */
export const rest: Protocol = {
	path: '/Login/api/PartnerSystemUser/Authenticate',

	headers: { 'Content-Type': 'application/json; charset=utf-8', Accept: 'application/json' },

	buildBody: ({ clientSecret, contextIdentifier }, signedSystemToken) =>
		JSON.stringify({
			SignedSystemToken: signedSystemToken,
			ApplicationToken: clientSecret,
			ContextIdentifier: contextIdentifier,
			ReturnTokenType: 'JWT',
		}),

	readAnswer: ({ status, body }) => {
		const answer = parseJsonObject(body);
		if (answer === undefined) return undefined;
		// The status of a refusal is not documented, nor whether it says ErrorMessage or Message.
		const { IsSuccessful: isSuccessful, Token: token } = answer;
		const errorMessage = answer.ErrorMessage ?? answer.Message;
		if (isSuccessful === true) return { outcome: 'success', token };
		if (isSuccessful !== undefined) return { outcome: 'refusal', errorMessage };
		if (errorMessage === undefined) return undefined;
		// A busy or broken server has messages too, but does not say IsSuccessful.
		return { outcome: isUnavailableStatus(status) ? 'fault' : 'refusal', errorMessage };
	},
};
