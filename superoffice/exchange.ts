import type { CheckedApplication, ExchangeProtocol } from './application';
import type { CallRate } from './call-rate';
import { clockDifference, describeDifference } from './clock-difference';
import { environments } from './environments';
import { SuperOfficeError } from './errors';
import { noToken, readWords, type Protocol } from './exchange-answer';
import { rest } from './exchange-rest';
import { soap } from './exchange-soap';
import type { HttpResponse } from './http';
import type { HttpSession } from './http-session';
import { hintFor, isAboutTime } from './refusals';
import { signSystemUserToken } from './system-user-token';
import { unexpectedAnswer } from './unexpected-answer';

const protocols: Record<ExchangeProtocol, Protocol> = { rest, soap };

export interface Exchanged {
	/** Not yet verified. */
	jwt: string;
	/** The time by SuperOffice's clock, as far as it told; else by this machine's. */
	at: Date;
	/** What to do about this machine's clock, where it is wrong and SuperOffice did not mind. */
	clockHint?: string;
}

/**
 * Gives SuperOffice the signed system user token, and returns the JWT it answers with. Where SuperOffice finds the
 * time of signing wrong, and its answer tells by how much, it is signed once more with the right time.
 *
 * @throws SuperOfficeError `REFUSED`, `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does
 */
export async function exchange(
	application: CheckedApplication,
	http: HttpSession,
	callRate: CallRate,
): Promise<Exchanged> {
	let correction = 0;
	for (;;) {
		const now = () => new Date(http.clock().getTime() + correction);
		const response = await sendSigned(application, http, callRate, now);
		const answer = protocols[application.exchangeProtocol].readAnswer(response);
		if (answer === undefined) throw unexpectedAnswer(response, 'its usual answer');
		if (answer.outcome === 'success') {
			if (typeof answer.token !== 'string' || answer.token === '') throw noToken(response);
			const difference = correction === 0 && clockDifference(response, http.clock());
			const clockHint = difference ? hintForClock(difference) : undefined;
			return { jwt: answer.token, at: now(), clockHint };
		}
		const words = readWords(answer.errorMessage, application);
		const difference = isAboutTime(words) ? clockDifference(response, http.clock()) : undefined;
		if (!difference || correction !== 0) throw refused(response, words, difference);
		correction = difference;
	}
}

async function sendSigned(
	application: CheckedApplication,
	http: HttpSession,
	callRate: CallRate,
	now: () => Date,
): Promise<HttpResponse> {
	const { environment, exchangeProtocol, privateKey, systemUserToken } = application;
	const { path, headers, buildBody, readAnswer } = protocols[exchangeProtocol];
	return await http.send(
		() => ({
			method: 'POST',
			url: `https://${environments[environment].loginHost}${path}`,
			headers,
			// Signed anew for each try: the time of signing is in it.
			body: buildBody(application, signSystemUserToken(systemUserToken, privateKey, now())),
		}),
		{
			line: callRate.lineOf(application),
			judge: (response) => {
				const answer = readAnswer(response);
				if (answer === undefined) return undefined;
				const words = readWords(answer.errorMessage, application);
				return { isFault: answer.outcome === 'fault', words };
			},
		},
	);
}

function refused(
	{ status }: HttpResponse,
	words: string,
	difference: number | undefined,
): SuperOfficeError {
	return new SuperOfficeError(
		'REFUSED',
		words === '' ? 'SuperOffice refused, and gave no reason.' : `SuperOffice refused: ${words}`,
		difference === undefined ? hintFor(words) : hintForClock(difference),
		{ httpStatus: status },
	);
}

function hintForClock(difference: number): string {
	return difference === 0
		? 'The clock of the machine that runs this agrees with SuperOffice’s, so the fault is theirs. Try again in a few minutes; if it stays, tell SuperOffice support.'
		: `The clock of the machine that runs this is ${describeDifference(difference)} SuperOffice’s. Set it by network time (NTP), then try again.`;
}
