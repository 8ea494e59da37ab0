import { environments, type Environment } from '../environments';
import { SuperOfficeError } from '../errors';
import { serviceTime } from '../http/clock-skew';
import type { HttpResponse } from '../http/http';
import { byStatus, type HttpSession } from '../http/http-session';
import { parseJsonObject } from '../http/json';
import { SingleFlight } from '../http/single-flight';
import { isSuperOfficeUrl } from '../http/superoffice-url';
import { lru, type LRU } from '../third-party/tiny-lru';

/** The names of the states, by their numbers. */
const states: Record<string, string> = {
	0: 'Unknown',
	1: 'Provisioning',
	2: 'Running',
	3: 'Deleted',
	4: 'Suspended',
	5: 'OnlineMaintenance',
	6: 'OfflineMaintenance',
	8: 'ProvisioningFailed',
	10: 'Deleting',
	11: 'DeleteFailed',
	12: 'MigrationPending',
};

/** States in which a tenant's web API works. */
const running = ['Running', 'OnlineMaintenance'];

/** A tenant, as environment and identifier say. */
export interface Tenant {
	environment: Environment;
	/** Like `Cust12345`. */
	contextIdentifier: string;
}

interface CachedState {
	/** `undefined` while the tenant is running but its address is not known. */
	webApiUrl: string | undefined;
	/** In milliseconds since 1970. */
	validUntil: number;
}

/**
 * Where tenants live, from `GET /api/state/{contextIdentifier}`: kept until `ValidUntil`, and asked for once by all who
 * need it at the same time.
 */
export class TenantStates {
	private readonly cached: LRU<CachedState>;

	private readonly requests = new SingleFlight<string | undefined>();

	constructor(maxTenants: number) {
		this.cached = lru<CachedState>(maxTenants);
	}

	/**
	 * The address of a running tenant's web API, like `https://online2.superoffice.com/Cust12345/api`; `undefined` if
	 * SuperOffice does not tell at the moment, which is no reason to do without the tenant.
	 *
	 * @throws SuperOfficeError `TENANT_NOT_RUNNING`, or `UNEXPECTED_ANSWER` for an address that is not SuperOffice's
	 */
	async getWebApiUrl(tenant: Tenant, caller: HttpSession): Promise<string | undefined> {
		const key = keyOf(tenant);
		const cached = this.cached.get(key);
		if (cached !== undefined && caller.clock().getTime() < cached.validUntil) {
			return cached.webApiUrl;
		}
		const request = async (session: HttpSession) => {
			const state = await requestState(tenant, session);
			if (state !== undefined) this.cached.set(key, state);
			return state?.webApiUrl;
		};
		try {
			// Half of the time is left to what the address is for.
			return await this.requests.share(key, caller, request, 0.5);
		} catch (error) {
			if (error instanceof SuperOfficeError && error.code === 'TIMEOUT') return undefined;
			throw error;
		}
	}

	/** The address that is cached, if there is one; the tenant may have moved. */
	peekWebApiUrl(tenant: Tenant): string | undefined {
		return this.cached.get(keyOf(tenant))?.webApiUrl;
	}

	/** Forgets an address that a tenant has moved from, unless a newer one is known already. */
	forget(tenant: Tenant, webApiUrl: string): void {
		const key = keyOf(tenant);
		if (this.cached.get(key)?.webApiUrl === webApiUrl) this.cached.delete(key);
	}
}

function keyOf({ environment, contextIdentifier }: Tenant): string {
	return `${environment} ${contextIdentifier}`;
}

async function requestState(
	tenant: Tenant,
	session: HttpSession,
): Promise<CachedState | undefined> {
	const { loginHost } = environments[tenant.environment];
	let response: HttpResponse;
	try {
		response = await session.send(
			() => ({
				method: 'GET',
				url: `https://${loginHost}/api/state/${tenant.contextIdentifier}`,
				headers: { Accept: 'application/json' },
			}),
			{ classify: byStatus, isOptional: true },
		);
	} catch (error) {
		if (!(error instanceof SuperOfficeError)) throw error;
		return undefined;
	}
	const answer = response.status === 200 ? parseJsonObject(response.body) : undefined;
	return answer === undefined ? undefined : readState(tenant, answer, response, session);
}

function readState(
	{ environment, contextIdentifier }: Tenant,
	answer: Record<string, unknown>,
	response: HttpResponse,
	session: HttpSession,
): CachedState | undefined {
	const { State: state, IsRunning: isRunning, Api: api, ValidUntil: validUntil } = answer;
	const name = states[String(state)] ?? (typeof state === 'string' ? state : undefined);
	if (name === undefined && isRunning === undefined) return undefined;
	if (isRunning !== true && !running.includes(name ?? '')) {
		throw notRunning(contextIdentifier, environment, name ?? '');
	}
	// By SuperOffice's own clock, as far as it tells.
	const now = session.clock().getTime();
	const lifetime = parseUtc(validUntil) - (serviceTime(response) ?? now);
	return {
		webApiUrl: readApi(api),
		validUntil: Number.isNaN(lifetime) ? now : now + lifetime,
	};
}

function parseUtc(value: unknown): number {
	const text = String(value);
	return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
}

function readApi(api: unknown): string | undefined {
	if (typeof api !== 'string' || api === '') return undefined;
	const url = api.replace(/\/+$/, '');
	if (isSuperOfficeUrl(url)) return url.endsWith('/api') ? url : undefined;
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		'SuperOffice’s login gives the tenant an address that is not on superoffice.com.',
		'Nothing was sent there. Something between this machine and SuperOffice is altering its answers: check the proxy settings of the machine this runs on.',
	);
}

function notRunning(
	contextIdentifier: string,
	environment: Environment,
	state: string,
): SuperOfficeError {
	const wait = 'Try again later; https://status.superoffice.com reports maintenance.';
	const ask = 'Ask the tenant’s administrator, or SuperOffice support.';
	const what: Record<string, [string, string]> = {
		Unknown: [
			`is not known in ${environments[environment].name}.`,
			'Check Context Identifier and Environment: each tenant exists in one environment only.',
		],
		Provisioning: ['is still being set up.', wait],
		Deleted: ['has been deleted.', ask],
		Deleting: ['is being deleted.', ask],
		DeleteFailed: ['is being deleted.', ask],
		Suspended: ['is suspended.', ask],
		OfflineMaintenance: ['is under maintenance.', wait],
		MigrationPending: ['is being moved.', wait],
		ProvisioningFailed: ['could not be set up.', ask],
	};
	const [message, hint] = what[state] ?? ['is not running.', ask];
	return new SuperOfficeError(
		'TENANT_NOT_RUNNING',
		`The tenant ${contextIdentifier} ${message}`,
		hint,
	);
}
