import type { ExchangeProtocol } from './application';
import type { Exchange } from './exchange-answer';
import { exchangeByRest } from './exchange-rest';
import { exchangeBySoap } from './exchange-soap';

const exchanges: Record<ExchangeProtocol, Exchange> = {
	rest: exchangeByRest,
	soap: exchangeBySoap,
};

/** @throws SuperOfficeError `REFUSED`, `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does */
export const exchange: Exchange = async (application, http) =>
	await exchanges[application.exchangeProtocol](application, http);
