import { createSign } from 'node:crypto';

import axios from 'axios';
import * as jsonwebtoken from 'jsonwebtoken';

export interface SampleInput {
	loginHost: string;
	contextIdentifier: string;
	clientSecret: string;
	systemUserToken: string;
	/** PEM text, like `publicKey`. */
	privateKey: string;
	publicKey: string;
}

/** Signs with the PEM text, as SuperOffice's Node.js sample does. */
export function sign(systemUserToken: string, privateKey: string, at = new Date()): string {
	const data = `${systemUserToken}.${at.toISOString().replace(/\D/g, '').slice(0, 12)}`;
	const signer = createSign('RSA-SHA256').update(data, 'utf8').end();
	return `${data}.${signer.sign(privateKey, 'base64')}`;
}

/** The claims of a JWT, which checks less than it should. */
export function verify(jwt: string, publicKey: string): jsonwebtoken.JwtPayload {
	return jsonwebtoken.verify(jwt, publicKey, { algorithms: ['RS256'] }) as jsonwebtoken.JwtPayload;
}

export const ticketClaim = 'http://schemes.superoffice.net/identity/ticket';

/** The steps of SuperOffice's Node.js sample, reimplemented: sign, POST with axios, `jwt.verify`; run for every use. */
export async function getTicket(input: SampleInput): Promise<string> {
	const { data } = await axios.post<{ Token: string }>(
		`https://${input.loginHost}/Login/api/PartnerSystemUser/Authenticate`,
		{
			SignedSystemToken: sign(input.systemUserToken, input.privateKey),
			ApplicationToken: input.clientSecret,
			ContextIdentifier: input.contextIdentifier,
			ReturnTokenType: 'JWT',
		},
	);
	return String(verify(data.Token, input.publicKey)[ticketClaim]);
}
