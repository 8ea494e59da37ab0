import type { CheckedApplication } from './application';
import { serviceTime } from './clock-difference';
import { environments, isSuperOfficeUrl, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import type { HttpResponse } from './http';
import type { HttpSession } from './http-session';
import { parseJsonObject } from './json';
import { SingleFlight } from './single-flight';
import { lru, type LRU } from './third-party/tiny-lru';

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

type Tenant = Pick<CheckedApplication, 'environment' | 'contextIdentifier'>;

interface KeptState {
	/** `undefined` while the tenant is running, but its address is not known. */
	webApiUrl: string | undefined;
	/** In milliseconds since 1970. */
	validUntil: number;
}

/**
 * Where tenants live, from `GET /api/state/{contextIdentifier}`: kept until `ValidUntil`, and asked for once by all who
 * need it at the same time.
 */
export class TenantStates {
	private readonly kept: LRU<KeptState>;

	private readonly requests = new SingleFlight<string | undefined>();

	constructor(mostTenants: number) {
		this.kept = lru<KeptState>(mostTenants);
	}

	/**
	 * The address of a running tenant's web API, like `https://online2.superoffice.com/Cust12345/api`; `undefined` if
	 * SuperOffice does not tell at the moment, which is no reason to do without the tenant.
	 *
	 * @throws SuperOfficeError `TENANT_NOT_RUNNING`, or `UNEXPECTED_ANSWER` for an address that is not SuperOffice's
	 */
	async webApiUrlOf(tenant: Tenant, http: HttpSession): Promise<string | undefined> {
		const name = nameOf(tenant);
		const kept = this.kept.get(name);
		if (kept !== undefined && http.clock().getTime() < kept.validUntil) return kept.webApiUrl;
		return await this.requests.share(name, http, async () => {
			this.kept.delete(name);
			const state = await requestState(tenant, http);
			if (state === undefined) return undefined;
			this.kept.set(name, state);
			return state.webApiUrl;
		});
	}

	/** Forgets where a tenant was: it has moved. */
	forget(tenant: Tenant): void {
		this.kept.delete(nameOf(tenant));
	}
}

function nameOf({ environment, contextIdentifier }: Tenant): string {
	return `${environment} ${contextIdentifier}`;
}

async function requestState(tenant: Tenant, http: HttpSession): Promise<KeptState | undefined> {
	const { loginHost } = environments[tenant.environment];
	let response: HttpResponse;
	try {
		response = await http.send(
			() => ({
				method: 'GET',
				url: `https://${loginHost}/api/state/${tenant.contextIdentifier}`,
				headers: { Accept: 'application/json' },
			}),
			{ isOptional: true },
		);
	} catch (error) {
		if (!(error instanceof SuperOfficeError)) throw error;
		return undefined;
	}
	const answer = response.status === 200 ? parseJsonObject(response.body) : undefined;
	return answer === undefined ? undefined : readState(tenant, answer, response, http);
}

function readState(
	{ environment, contextIdentifier }: Tenant,
	answer: Record<string, unknown>,
	response: HttpResponse,
	http: HttpSession,
): KeptState | undefined {
	const { State: state, IsRunning: isRunning, Api: api, ValidUntil: validUntil } = answer;
	const name = states[String(state)] ?? (typeof state === 'string' ? state : undefined);
	if (name === undefined && isRunning === undefined) return undefined;
	if (isRunning !== true && !running.includes(name ?? '')) {
		throw notRunning(contextIdentifier, environment, name ?? '');
	}
	// By SuperOffice's own clock, as far as it tells.
	const now = http.clock().getTime();
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
		'SuperOffice’s login gives an address for the tenant that is not on superoffice.com.',
		'Nothing was sent there. Something between this machine and SuperOffice changes its answers: check the proxy settings of the machine that runs this.',
	);
}

function notRunning(
	contextIdentifier: string,
	environment: Environment,
	state: string,
): SuperOfficeError {
	const wait = 'Try again later; https://status.superoffice.com tells of maintenance.';
	const ask = 'Ask the tenant’s administrator, or SuperOffice support.';
	const what: Record<string, [string, string]> = {
		Unknown: [
			`is not known in ${environments[environment].name}.`,
			'Check Context Identifier and Environment: each tenant lives in one environment only.',
		],
		Provisioning: ['is still being set up.', wait],
		Deleted: ['has been deleted.', ask],
		Deleting: ['is being deleted.', ask],
		DeleteFailed: ['is being deleted.', ask],
		Suspended: ['is suspended.', ask],
		OfflineMaintenance: ['is in maintenance.', wait],
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
