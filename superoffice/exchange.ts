import type { CheckedApplication } from './application';
import { exchangeByRest } from './exchange-rest';
import { exchangeBySoap } from './exchange-soap';
import type { HttpSession } from './http';

/** Gives SuperOffice the signed system user token, and returns the JWT it answers with: not yet verified. */
export type Exchange = (application: CheckedApplication, http: HttpSession) => Promise<string>;

const exchanges: Record<CheckedApplication['exchangeProtocol'], Exchange> = {
	rest: exchangeByRest,
	soap: exchangeBySoap,
};

/** @throws SuperOfficeError `REFUSED`, `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does */
export const exchange: Exchange = async (application, http) =>
	await exchanges[application.exchangeProtocol](application, http);
