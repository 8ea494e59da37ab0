import { constants, createHmac, sign as signBytes } from 'node:crypto';
import * as jsonwebtoken from 'jsonwebtoken';
import type { ExchangeHow, JwtParts } from '../control/misbehaviour';
import type { World } from '../control/world';
import { endpointOf, type Tenant } from '../crm/tenants';
import type { Environment } from './environments';

const CLAIM = 'http://schemes.superoffice.net/identity/';
const LIFETIME_SECONDS = 5 * 60;

/** The JWT that carries a ticket, signed with the environment's key, or forged if a test ordered that. */
export function makeJwt(
	world: World,
	environment: Environment,
	tenant: Tenant,
	ticket: string,
	how?: ExchangeHow,
): string {
	const key = world.loginHosts.signingKey(environment);
	const parts: JwtParts = {
		header: { alg: 'RS256', typ: 'JWT', kid: key.jwk.kid, x5t: key.jwk.x5t },
		claims: claimsOf(tenant, ticket, world.clock.seconds()),
		signingKeyPem: key.privateKeyPem,
	};
	if (how?.kind === 'jwt') {
		const changed = how.change(parts);
		return changed.jwt ?? forge(changed);
	}
	return jsonwebtoken.sign(parts.claims, parts.signingKeyPem, {
		algorithm: 'RS256',
		header: { ...parts.header, alg: 'RS256' },
	});
}

function claimsOf(tenant: Tenant, ticket: string, now: number): Record<string, unknown> {
	const endpoint = endpointOf(tenant);
	const upn = `system@${tenant.contextIdentifier.toLowerCase()}.superoffice.example`;
	return {
		sub: upn,
		[`${CLAIM}associateid`]: '2',
		[`${CLAIM}identityprovider`]: 'superid',
		[`${CLAIM}upn`]: upn,
		[`${CLAIM}is_administrator`]: 'True',
		[`${CLAIM}ctx`]: tenant.contextIdentifier,
		[`${CLAIM}company_name`]: tenant.companyName,
		[`${CLAIM}serial`]: tenant.serial,
		[`${CLAIM}ticket`]: ticket,
		[`${CLAIM}netserver_url`]: `${endpoint}/remote/services88/`,
		[`${CLAIM}webapi_url`]: `${endpoint}/api/`,
		iss: 'SuperOffice AS',
		aud: `spn:${tenant.serial}`,
		iat: now,
		nbf: now,
		exp: now + LIFETIME_SECONDS,
	};
}

// By hand, because jsonwebtoken would rightly refuse much of what a forger signs.
function forge({ header, claims, signingKeyPem }: JwtParts): string {
	const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${encode(header)}.${encode(claims)}`;
	return `${signed}.${signatureBy(String(header.alg), signed, signingKeyPem)}`;
}

function signatureBy(algorithm: string, signed: string, key: string): string {
	if (algorithm === 'none') return '';
	const [, family, bits] = /^(RS|PS|HS)(256|384|512)$/.exec(algorithm) ?? [];
	if (!family || !bits) throw new Error(`Cannot forge a JWT with ${algorithm}`);
	const hash = `sha${bits}`;
	if (family === 'HS') return createHmac(hash, key).update(signed).digest('base64url');
	const padding = family === 'PS' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
	const saltLength = family === 'PS' ? { saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
	return signBytes(hash, Buffer.from(signed), { key, padding, ...saltLength }).toString(
		'base64url',
	);
}
