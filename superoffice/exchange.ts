import type { CheckedApplication, ExchangeProtocol } from './application';
import { environments } from './environments';
import { readExchangeAnswer, type Protocol } from './exchange-answer';
import { rest } from './exchange-rest';
import { soap } from './exchange-soap';
import type { HttpSession } from './http';
import { signSystemUserToken } from './system-user-token';

const protocols: Record<ExchangeProtocol, Protocol> = { rest, soap };

/**
 * Gives SuperOffice the signed system user token, and returns the JWT it answers with: not yet verified.
 *
 * @throws SuperOfficeError `REFUSED`, `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does
 */
export async function exchange(
	application: CheckedApplication,
	http: HttpSession,
): Promise<string> {
	const { environment, exchangeProtocol, privateKey, systemUserToken } = application;
	const { path, headers, buildBody, readAnswer } = protocols[exchangeProtocol];
	const response = await http.send(
		() => ({
			method: 'POST',
			url: `https://${environments[environment].loginHost}${path}`,
			headers,
			// Signed anew for each try: the time of signing is in it.
			body: buildBody(application, signSystemUserToken(systemUserToken, privateKey, http.clock())),
		}),
		(faulty) => readAnswer(faulty) !== undefined,
	);
	return readExchangeAnswer(response, readAnswer(response), application);
}
