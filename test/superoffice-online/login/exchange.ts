import { verify } from 'node:crypto';
import type { ExchangeHow } from '../control/misbehaviour';
import type { World } from '../control/world';
import { isRunning } from '../crm/tenants';
import type { Environment } from './environments';
import { makeJwt } from './jwt';

/** What REST and SOAP both send. Anything missing from the message is an empty string. */
export interface ExchangeAttempt {
	applicationToken: string;
	contextIdentifier: string;
	signedSystemToken: string;
	returnTokenType: string;
}

export type ExchangeOutcome =
	| { isSuccessful: true; token: string }
	| { isSuccessful: false; errorMessage: string };

/** SuperOffice's AuthorizeErrorCode names, with a message for each. */
const REFUSALS: Record<string, string> = {
	Revoked: 'Revoked: The customer has revoked the access of this application.',
	InvalidRedirectUrl:
		'InvalidRedirectUrl: The redirect URL is not registered for this application.',
	Expired: 'Expired: The approval of this application on the customer has expired.',
	Denied: 'Denied: The application is denied access to the customer.',
	NeedsReapproval: 'NeedsReapproval: The customer has to approve this application again.',
	InvalidTimestamp:
		'InvalidTimestamp: The timestamp of the signed system token is invalid or out of range.',
	InvalidSignature:
		'InvalidSignature: The signature of the signed system token is not valid for the application.',
};

const TIMESTAMP_TOLERANCE_MINUTES = 10;

/** Exchanges a signed system user token for a JWT with a new ticket, or says why not. */
export function exchange(
	world: World,
	environment: Environment,
	attempt: ExchangeAttempt,
	how?: ExchangeHow,
): ExchangeOutcome {
	const errorMessage =
		how?.kind === 'refuse'
			? (REFUSALS[how.reason] ?? how.reason)
			: reasonToRefuse(world, environment, attempt);
	if (errorMessage !== undefined) {
		world.traffic.counts.refusals += 1;
		return { isSuccessful: false, errorMessage };
	}
	const tenant = world.tenants.get(attempt.contextIdentifier);
	const { ticket } = world.tickets.issue(tenant.contextIdentifier);
	world.traffic.exchanged(tenant.contextIdentifier);
	return { isSuccessful: true, token: makeJwt(world, environment, tenant, ticket, how) };
}

function reasonToRefuse(
	{ application, tenants, clock }: World,
	environment: Environment,
	attempt: ExchangeAttempt,
): string | undefined {
	if (attempt.applicationToken !== application.clientSecret) {
		return 'Denied: Unknown application token.';
	}
	const tenant = tenants.find(attempt.contextIdentifier);
	if (tenant?.environment !== environment) {
		return `Denied: Unknown customer context '${attempt.contextIdentifier}'.`;
	}
	if (!isRunning(tenant)) {
		return `Denied: The customer ${tenant.contextIdentifier} is not running (${tenant.state}).`;
	}
	if (attempt.returnTokenType.toLowerCase() !== 'jwt') {
		return 'Denied: The requested return token type is not supported.';
	}
	// Greedy, so that the token itself may contain dots.
	const [, data, token, timestamp, signature] =
		/^((.+)\.([^.]*))\.([^.]*)$/su.exec(attempt.signedSystemToken) ?? [];
	if (data === undefined || timestamp === undefined || signature === undefined) {
		return 'InvalidSignature: The signed system token is malformed.';
	}
	if (token !== tenant.systemUserToken) {
		return 'Denied: The system user token does not belong to this customer.';
	}
	if (!isTimely(timestamp, clock.now())) return REFUSALS.InvalidTimestamp;
	if (!isSigned(data, signature, application.publicKeyPem)) return REFUSALS.InvalidSignature;
	return undefined;
}

/** Compared in whole minutes, because the timestamp has no seconds. */
function isTimely(timestamp: string, now: Date): boolean {
	const iso = timestamp.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/, '$1-$2-$3T$4:$5:00.000Z');
	const at = new Date(iso);
	// The round trip catches days that do not exist, which Date would move to the next month.
	if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) return false;
	const minutes = (date: Date) => Math.floor(date.getTime() / 60_000);
	return Math.abs(minutes(at) - minutes(now)) <= TIMESTAMP_TOLERANCE_MINUTES;
}

function isSigned(data: string, signature: string, publicKeyPem: string): boolean {
	const bytes = Buffer.from(signature, 'base64');
	// Buffer also reads base64url and skips what it does not know; .NET does neither.
	if (bytes.toString('base64') !== signature) return false;
	return verify('RSA-SHA256', Buffer.from(data, 'utf8'), publicKeyPem, bytes);
}
