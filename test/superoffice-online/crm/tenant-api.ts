import type { World } from '../control/world';
import { json, type Call, type Reply, type Route } from '../messages';
import { answerArchives } from './archives';
import { answerDocuments } from './documents/routes';
import { answerEntities } from './entities/routes';
import { answerRequests } from './requests/routes';
import { answerLinks } from './links/routes';
import { answerDynamicArchive } from './tables/dynamic-archive';
import { answerTables } from './tables/routes';
import { principalOf } from './tenant-data';
import { isRunning, type Tenant } from './tenants';
import { answerWebhooks, testTarget } from './webhooks/routes';

/** Routes a request to a tenant's API, /{contextIdentifier}/api/... Undefined for any other path. */
export function routeTenantApi(world: World, call: Call): Route | undefined {
	const [, contextIdentifier, rest] = /^\/([^/]+)\/api(?:\/(.*))?$/i.exec(call.path) ?? [];
	if (contextIdentifier === undefined) return undefined;
	const resource = (rest ?? '').replace(/\/$/, '').toLowerCase();
	world.traffic.counts.api += 1;
	if (resource === 'v1/user/currentprincipal') world.traffic.counts.currentPrincipal += 1;
	return {
		place: 'api',
		contextIdentifier,
		latency: world.tenants.find(contextIdentifier)?.settings.latency,
		before: /^v1\/webhook(\/|$)/.test(resource)
			? async () => {
					const tenant = world.tenants.find(contextIdentifier);
					const isIn = tenant && mayComeIn(world, call, tenant);
					if (isIn) await testTarget(call, tenant, resource);
				}
			: undefined,
		answer: () => answer(world, call, contextIdentifier, resource),
	};
}

function answer(world: World, call: Call, contextIdentifier: string, resource: string): Reply {
	const tenant = world.tenants.find(contextIdentifier);
	if (!tenant) {
		return apiError(404, 'SoNotFoundException', `Unknown tenant '${contextIdentifier}'`);
	}
	if (call.host !== tenant.apiHost) {
		const text = 'Wrong subdomain used to access tenant';
		return apiError(421, 'SoMisdirectedRequestException', text);
	}
	if (!isRunning(tenant)) {
		const text = `The tenant is not available (${tenant.state})`;
		return apiError(503, 'SoTenantNotRunningException', text);
	}
	return refusal(world, call, tenant) ?? answerResource(world, call, tenant, resource);
}

function mayComeIn(world: World, call: Call, tenant: Tenant): boolean {
	return call.host === tenant.apiHost && isRunning(tenant) && !refusal(world, call, tenant);
}

/** Undefined if the caller may come in, in which case its ticket lives another 6 hours. */
function refusal(world: World, call: Call, tenant: Tenant): Reply | undefined {
	const unauthorized = (text: string) => apiError(401, 'SoSecurityException', text);
	if (call.headers['so-apptoken'] !== world.application.clientSecret) {
		return unauthorized('Authentication failed: missing or unknown application token');
	}
	const [, ticket] = /^SOTicket (7T:\S+)$/.exec(call.headers.authorization ?? '') ?? [];
	if (ticket === undefined) return unauthorized('Authentication failed: no ticket');
	if (world.tickets.use(ticket, tenant.contextIdentifier)) return undefined;
	return unauthorized('Authentication failed: the ticket is not valid');
}

function answerResource(world: World, call: Call, tenant: Tenant, resource: string): Reply {
	if (call.method === 'GET' && resource === 'v1/user/currentprincipal') {
		return json(200, principalOf(tenant));
	}
	const found =
		answerDocuments(call, tenant, resource) ??
		answerWebhooks(call, tenant, resource) ??
		answerRequests(call, tenant, resource) ??
		answerLinks(call, tenant, resource) ??
		answerEntities(call, tenant, resource) ??
		answerTables(call, tenant, resource) ??
		answerDynamicArchive(call, tenant, resource) ??
		answerArchives(world, call, tenant, resource);
	if (found) return found;
	if (call.method !== 'GET') {
		const text = `The requested resource does not support http method '${call.method}'`;
		return apiError(405, 'SoNotSupportedException', text);
	}
	return apiError(404, 'SoNotFoundException', `There is no resource at '${call.path}'`);
}

function apiError(status: number, errorType: string, errorMessage: string): Reply {
	return json(status, {
		Error: true,
		ErrorType: errorType,
		ErrorMessage: errorMessage,
		ErrorSource: 'SuperOffice.WebApi',
	});
}
