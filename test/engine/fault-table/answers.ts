import type { Misbehaviour } from '../../superoffice-online';
import type { Scene } from './types';

type Order<T> = T extends unknown ? Omit<T, 'contextIdentifier'> : never;

/** Makes the service misbehave for the case's tenant only. */
export function misbehave(order: Order<Misbehaviour>): (scene: Scene) => void {
	return ({ online, tenant }) =>
		online.misbehave({
			...order,
			...(order.at !== 'jwks' && { contextIdentifier: tenant }),
		} as Misbehaviour);
}

const superId = 'http://www.superoffice.com/superid/partnersystemuser/0.1';

const envelope = (body: string) =>
	`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

/** Answers the exchange with this text, in the format of its protocol. */
export const exchangeAnswers =
	(answer: { rest: object; soap: string }, status = 200, times?: number) =>
	(scene: Scene): void => {
		const isRest = scene.protocol === 'rest';
		misbehave({
			at: 'exchange',
			kind: 'body',
			body: isRest ? JSON.stringify(answer.rest) : envelope(answer.soap),
			contentType: isRest ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8',
			status,
			times,
		})(scene);
	};

export const refusal = (words: string) => ({
	rest: { IsSuccessful: false, Token: null, ErrorMessage: words },
	soap:
		`<AuthenticationResponse xmlns="${superId}"><IsSuccessful>false</IsSuccessful>` +
		`<ErrorMessage>${words}</ErrorMessage></AuthenticationResponse>`,
});

export const success = (token: string) => ({
	rest: { IsSuccessful: true, Token: token, ErrorMessage: null },
	soap:
		`<AuthenticationResponse xmlns="${superId}"><IsSuccessful>true</IsSuccessful>` +
		`<Token>${token}</Token></AuthenticationResponse>`,
});

export const serverFault = (words: string) => ({
	rest: { Message: words },
	soap: `<s:Fault><faultcode>s:Server</faultcode><faultstring>${words}</faultstring></s:Fault>`,
});
