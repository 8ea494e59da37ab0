import type { Protocol } from './exchange-answer';
import { isFault } from './http';
import { parseJsonObject } from './json';

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
		// The status of a refusal is not documented, nor whether it says ErrorMessage or Message. A busy or broken server
		// has messages too, but does not say IsSuccessful.
		const isAnswer =
			'IsSuccessful' in answer ||
			(!isFault(status) && ('ErrorMessage' in answer || 'Message' in answer));
		if (!isAnswer) return undefined;
		return {
			isSuccessful: answer.IsSuccessful === true,
			token: answer.Token,
			errorMessage: answer.ErrorMessage ?? answer.Message,
		};
	},
};
