import { createPublicKey, sign } from 'node:crypto';
import { Agent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import * as jsonwebtoken from 'jsonwebtoken';
import type { Environment } from '../login/environments';
import type { SuperOfficeOnline } from './service';

const SUPERID = 'http://www.superoffice.com/superid/partnersystemuser/0.1';

/**
 * An axios that reaches the service as any client does: by its real host names, through its proxy, trusting
 * its CA. It resolves on every status and follows no redirects.
 */
export function createClient(
	online: Pick<SuperOfficeOnline, 'proxyUrl' | 'authority'>,
): AxiosInstance {
	const proxy = new URL(online.proxyUrl);
	return axios.create({
		proxy: { protocol: 'http', host: proxy.hostname, port: Number(proxy.port) },
		httpsAgent: new Agent({ ca: online.authority.certificatePem, keepAlive: true }),
		validateStatus: () => true,
		maxRedirects: 0,
		timeout: 5000,
	});
}

/** A call to a tenant's API. */
export interface ApiCall {
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** What follows /api/ */
	resource?: string;
	appToken?: string;
	/** Sent as JSON */
	body?: unknown;
	headers?: Record<string, string>;
}

/**
 * Speaks SuperOffice's protocol in the plainest way. It shares no code with the library under test, so tests
 * of the service test nothing but the service.
 */
export class Caller {
	readonly client: AxiosInstance;

	constructor(private readonly online: SuperOfficeOnline) {
		this.client = createClient(online);
	}

	/** Signs `token.YYYYMMDDHHmm`, with the application's key and the service's time unless told otherwise. */
	signToken(
		token: string,
		at = this.online.now(),
		privateKeyPem = this.online.application.privateKeyPem,
	): string {
		const data = `${token}.${at.toISOString().replace(/[-T:]/g, '').slice(0, 12)}`;
		return `${data}.${sign('sha256', Buffer.from(data), privateKeyPem).toString('base64')}`;
	}

	/** Exchanges over REST in the tenant's environment; `changes` override fields of a valid message. */
	exchange(contextIdentifier: string, changes: object = {}): Promise<AxiosResponse> {
		const { environment, systemUserToken } = this.online.tenant(contextIdentifier);
		const { host } = this.online.login(environment);
		return this.client.post(`https://${host}/Login/api/PartnerSystemUser/Authenticate`, {
			SignedSystemToken: this.signToken(systemUserToken),
			ApplicationToken: this.online.application.clientSecret,
			ContextIdentifier: contextIdentifier,
			ReturnTokenType: 'JWT',
			...changes,
		});
	}

	/** A SOAP message around a signed token, which goes in as is: the caller escapes it. */
	envelope(signedSystemToken: string, contextIdentifier: string): string {
		return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p="${SUPERID}">
	<soap:Header>
		<p:ApplicationToken>${this.online.application.clientSecret}</p:ApplicationToken>
		<p:ContextIdentifier>${contextIdentifier}</p:ContextIdentifier>
	</soap:Header>
	<soap:Body>
		<AuthenticationRequest xmlns="${SUPERID}">
			<SignedSystemToken>${signedSystemToken}</SignedSystemToken>
			<ReturnTokenType>Jwt</ReturnTokenType>
		</AuthenticationRequest>
	</soap:Body>
</soap:Envelope>`;
	}

	postSoap(
		environment: Environment,
		body: string,
		operation = 'Authenticate',
	): Promise<AxiosResponse<string>> {
		const { host } = this.online.login(environment);
		return this.client.post(`https://${host}/login/services/PartnerSystemUserService.svc`, body, {
			headers: {
				'Content-Type': 'text/xml; charset=utf-8',
				SOAPAction: `"${SUPERID}/IPartnerSystemUserService/${operation}"`,
			},
		});
	}

	/**
	 * The claims of a JWT, checked against the environment's JWKS.
	 * @throws JsonWebTokenError if it is not signed with RS256 by one of those keys, or not valid now
	 */
	verified(environment: Environment, jwt: string): jsonwebtoken.JwtPayload {
		const kid = jsonwebtoken.decode(jwt, { complete: true })?.header.kid;
		const jwk = this.online.login(environment).jwks.keys.find((key) => key.kid === kid);
		if (!jwk) throw new jsonwebtoken.JsonWebTokenError(`No key ${kid}`);
		return jsonwebtoken.verify(jwt, createPublicKey({ key: { ...jwk }, format: 'jwk' }), {
			algorithms: ['RS256'],
			issuer: 'SuperOffice AS',
			clockTimestamp: Math.floor(this.online.now().getTime() / 1000),
		}) as jsonwebtoken.JwtPayload;
	}

	/** A ticket from a successful exchange. */
	async newTicket(contextIdentifier: string): Promise<string> {
		const { data } = await this.exchange(contextIdentifier);
		const claims = this.verified(this.online.tenant(contextIdentifier).environment, data.Token);
		return claims['http://schemes.superoffice.net/identity/ticket'];
	}

	/** Calls the tenant's API at its current host; an empty `appToken` sends none. */
	call(
		contextIdentifier: string,
		ticket: string,
		{
			method = 'GET',
			resource = 'v1/User/currentPrincipal',
			appToken = this.online.application.clientSecret,
			body,
			headers,
		}: ApiCall = {},
	): Promise<AxiosResponse> {
		const { apiHost } = this.online.tenant(contextIdentifier);
		return this.client.request({
			method,
			url: `https://${apiHost}/${contextIdentifier}/api/${resource}`,
			data: body === undefined ? undefined : JSON.stringify(body),
			headers: {
				Authorization: `SOTicket ${ticket}`,
				...(appToken && { 'SO-AppToken': appToken }),
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...headers,
			},
		});
	}
}
