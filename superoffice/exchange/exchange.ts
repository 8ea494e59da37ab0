import type { ExchangeProtocol, ParsedCredentials } from '../credentials';
import { environments } from '../environments';
import { SuperOfficeError } from '../errors';
import { clockSkew, describeSkew, isCorrectable } from '../http/clock-skew';
import { isUnavailableStatus, type HttpResponse } from '../http/http';
import { Unavailable, type Classify, type HttpSession } from '../http/http-session';
import type { RateLimiter } from '../http/rate-limiter';
import { unexpectedAnswer } from '../http/unexpected-answer';
import { readWords } from '../http/words';
import { noToken, type ExchangeAnswer, type Protocol } from './protocol';
import { readRefusal, refusalHint } from './refusals';
import { rest } from './rest';
import { signSystemUserToken } from './sign-system-user-token';
import { soap } from './soap';

const protocols: Record<ExchangeProtocol, Protocol> = { rest, soap };

export interface Exchanged {
	/** Not yet verified. */
	jwt: string;
	/** By what to judge its lifetime: this machine's time, or the corrected one that SuperOffice accepted in its place. */
	at: Date;
	/** What to do about this machine's clock, where it is wrong and SuperOffice did not mind. */
	clockHint?: string;
}

/** What SuperOffice answered, and what it said of a failure, fit to be shown. */
interface Answered {
	answer?: ExchangeAnswer;
	words: string;
	response: HttpResponse;
}

/**
 * Gives SuperOffice the signed system user token, and returns the JWT it answers with. Where SuperOffice finds the
 * time of signing wrong, and its answer tells by how much, it is signed once more with the right time, up to 24 hours
 * away: whoever alters the answers could otherwise get a token that is good for years, and have an old JWT accepted.
 *
 * @throws SuperOfficeError `REFUSED`, `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does
 */
export async function exchange(
	credentials: ParsedCredentials,
	session: HttpSession,
	rateLimiter: RateLimiter,
): Promise<Exchanged> {
	let correction = 0;
	for (;;) {
		const now = () => new Date(session.clock().getTime() + correction);
		const { answer, words, response } = await sendSigned(credentials, session, rateLimiter, now);
		if (answer === undefined) throw unexpectedAnswer(response, 'its usual answer');
		const skew = clockSkew(response, session.clock());
		if (answer.outcome === 'success') {
			if (typeof answer.token !== 'string' || answer.token === '') throw noToken(response);
			const clockHint = skew && correction === 0 ? hintForSkew(skew) : undefined;
			return { jwt: answer.token, at: now(), clockHint };
		}
		const code = readRefusal(words);
		if (code !== 'InvalidTimestamp') throw refused(response, words, refusalHint(code));
		if (!skew || !isCorrectable(skew) || correction !== 0) {
			throw refused(response, words, skew === undefined ? refusalHint(code) : hintForSkew(skew));
		}
		correction = skew;
	}
}

async function sendSigned(
	credentials: ParsedCredentials,
	session: HttpSession,
	rateLimiter: RateLimiter,
	now: () => Date,
): Promise<Answered> {
	const { clientSecret, environment, exchangeProtocol, privateKey, systemUserToken } = credentials;
	const { path, headers, buildBody, readAnswer } = protocols[exchangeProtocol];
	const classify: Classify<Answered> = (response) => {
		const answer = readAnswer(response);
		const words = readWords(answer?.errorMessage, [clientSecret, systemUserToken]);
		const isUnavailable =
			answer === undefined ? isUnavailableStatus(response.status) : answer.outcome === 'fault';
		return isUnavailable ? new Unavailable(words) : { answer, words, response };
	};
	return await session.send(
		() => ({
			method: 'POST',
			url: `https://${environments[environment].loginHost}${path}`,
			headers,
			// Signed anew for each try: the time of signing is in it.
			body: buildBody(credentials, signSystemUserToken(systemUserToken, privateKey, now())),
		}),
		{ classify, queue: rateLimiter.loginQueue(credentials) },
	);
}

function refused({ status }: HttpResponse, words: string, hint: string): SuperOfficeError {
	return new SuperOfficeError(
		'REFUSED',
		words === '' ? 'SuperOffice refused and gave no reason.' : `SuperOffice refused: ${words}`,
		hint,
		{ httpStatus: status },
	);
}

function hintForSkew(skew: number): string {
	if (skew === 0) {
		return 'The clock of the machine this runs on agrees with SuperOffice’s, so the fault is theirs. Try again in a few minutes. If it keeps happening, tell SuperOffice support.';
	}
	const difference = `The clock of the machine this runs on is ${describeSkew(skew)} SuperOffice’s`;
	return isCorrectable(skew)
		? `${difference}. Set it by network time (NTP), then try again.`
		: `${difference}, or something in between is altering its answers. Set the clock by network time (NTP), then try again. If it is right already, check the proxy settings of the machine this runs on.`;
}
