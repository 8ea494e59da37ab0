import { environments } from './environments';
import { readExchangeAnswer, type Exchange, type ExchangeAnswer } from './exchange-answer';
import { isFault, type HttpResponse } from './http';
import { parseJsonObject } from './json';
import { signSystemUserToken } from './system-user-token';

/** `POST /Login/api/PartnerSystemUser/Authenticate`, JSON in and out. */
export const exchangeByRest: Exchange = async (application, http) => {
	const url = `https://${environments[application.environment].loginHost}/Login/api/PartnerSystemUser/Authenticate`;
	const response = await http.send(
		() => ({
			method: 'POST',
			url,
			headers: { 'Content-Type': 'application/json; charset=utf-8', Accept: 'application/json' },
			body: JSON.stringify({
				SignedSystemToken: signSystemUserToken(
					application.systemUserToken,
					application.privateKey,
					http.clock(),
				),
				ApplicationToken: application.clientSecret,
				ContextIdentifier: application.contextIdentifier,
				ReturnTokenType: 'JWT',
			}),
		}),
		(response) => readAnswer(response) !== undefined,
	);
	return readExchangeAnswer(response, readAnswer(response), application);
};

function readAnswer({ status, body }: HttpResponse): ExchangeAnswer | undefined {
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
}
