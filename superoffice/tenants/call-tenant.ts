import { readEnvironment } from '../environments';
import { SuperOfficeError } from '../errors';
import type { ClientOptions, Http } from '../http/http';
import { HttpSession } from '../http/http-session';
import { requireSuperOfficeUrl } from '../http/superoffice-url';
import { readContextIdentifier } from './context-identifier';
import type { Tenant, TenantStates } from './tenant-states';

/** “Wrong subdomain used to access tenant”. */
const wrongHost = 421;

/** An answer from a tenant, and the address that the tenant has turned out to have. */
interface TenantAnswer<Answer> {
	answer: Answer;
	webApiUrl: string;
}

export interface CallTenantOptions extends ClientOptions {
	state: { tenantStates: TenantStates };
	/** Where the tenant was last, for when SuperOffice does not tell at the moment. */
	webApiUrl?: string;
}

/**
 * Calls a tenant's web API wherever the tenant lives now.
 *
 * @param tenant the fields of the credential form
 * @param http asks SuperOffice where the tenant lives
 * @param send sends the call to the web API at an address; returns the answer, whatever its status
 * @throws SuperOfficeError `INVALID_INPUT`, `TENANT_NOT_RUNNING`, `UNAVAILABLE` if the address is not to be had,
 * `TIMEOUT`, or what `send` throws
 */
export async function callTenant<Answer extends { status: number }>(
	tenant: { environment: string; contextIdentifier: string },
	http: Http,
	send: (webApiUrl: string) => Promise<Answer>,
	options: CallTenantOptions,
): Promise<TenantAnswer<Answer>> {
	const { tenantStates } = options.state;
	const parsed = {
		environment: readEnvironment(tenant.environment),
		contextIdentifier: readContextIdentifier(tenant.contextIdentifier),
	};
	const session = new HttpSession(http, options);
	const known = (await tenantStates.getWebApiUrl(parsed, session)) ?? options.webApiUrl;
	if (known === undefined) throw new AddressUnknownError(parsed);
	const limited = async (webApiUrl: string) => {
		requireSuperOfficeUrl(webApiUrl);
		return await session.deadline.race(send(webApiUrl), { host: new URL(webApiUrl).host });
	};
	return await followTenant(parsed, known, { session, tenantStates }, limited);
}

/**
 * Sends a call to where a tenant was last, and once more where the tenant turns out to have moved.
 *
 * @throws AddressUnknownError if it has moved and nobody tells where to; `TENANT_NOT_RUNNING`, or what `send` throws
 */
export async function followTenant<Answer extends { status: number }>(
	tenant: Tenant,
	webApiUrl: string,
	{ session, tenantStates }: { session: HttpSession; tenantStates: TenantStates },
	send: (webApiUrl: string) => Promise<Answer>,
): Promise<TenantAnswer<Answer>> {
	const first = await send(webApiUrl);
	if (first.status !== wrongHost) return { answer: first, webApiUrl };
	tenantStates.forget(tenant, webApiUrl);
	const newUrl = await tenantStates.getWebApiUrl(tenant, session);
	if (newUrl === undefined) throw new AddressUnknownError(tenant);
	const answer = await send(newUrl);
	if (answer.status !== wrongHost) return { answer, webApiUrl: newUrl };
	throw new SuperOfficeError(
		'TENANT_NOT_RUNNING',
		`The tenant ${tenant.contextIdentifier} is not where SuperOffice says it is. It is probably being moved.`,
		'Try again in a few minutes.',
		{ httpStatus: wrongHost },
	);
}

/** The tenant is not where it was last, and SuperOffice does not tell where it is. */
class AddressUnknownError extends SuperOfficeError {
	constructor({ contextIdentifier }: Tenant) {
		super(
			'UNAVAILABLE',
			`SuperOffice does not say where the tenant ${contextIdentifier} is at the moment.`,
			'Nothing is wrong with the credential. Try again in a few minutes; status.superoffice.com reports maintenance.',
		);
	}
}

/** Whether an error says that the tenant cannot be called at all, whatever the call. */
export function isAboutTenant(error: unknown): boolean {
	return (
		error instanceof AddressUnknownError ||
		(error instanceof SuperOfficeError && error.code === 'TENANT_NOT_RUNNING')
	);
}
