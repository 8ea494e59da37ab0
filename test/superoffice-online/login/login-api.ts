import type { World } from '../control/world';
import { endpointOf, isRunning } from '../crm/tenants';
import { json, message, type Call, type Reply, type Route } from '../messages';
import type { Environment } from './environments';
import { restExchange } from './rest-exchange';
import { soapExchange } from './soap-exchange';

const STATE_VALID_MILLISECONDS = 15 * 60 * 1000;

/** Routes a request to a login host. Undefined if nothing lives at its path. */
export function routeLogin(world: World, environment: Environment, call: Call): Route | undefined {
	const path = call.path.toLowerCase();
	if (path === '/login/.well-known/jwks') return jwks(world, environment, call);
	if (path === '/login/api/partnersystemuser/authenticate') {
		return restExchange(world, environment, call);
	}
	if (path === '/login/services/partnersystemuserservice.svc') {
		return soapExchange(world, environment, call);
	}
	const [, contextIdentifier] = /^\/api\/state\/([^/]+)\/?$/i.exec(call.path) ?? [];
	return contextIdentifier ? state(world, environment, call, contextIdentifier) : undefined;
}

function jwks(world: World, environment: Environment, call: Call): Route {
	world.traffic.counts.jwks += 1;
	return {
		place: 'jwks',
		answer: () => onlyGet(call, () => json(200, world.loginHosts.login(environment).jwks)),
	};
}

function state(
	world: World,
	environment: Environment,
	call: Call,
	contextIdentifier: string,
): Route {
	world.traffic.counts.state += 1;
	return {
		place: 'state',
		contextIdentifier,
		answer: () => onlyGet(call, () => json(200, stateOf(world, environment, contextIdentifier))),
	};
}

function stateOf(world: World, environment: Environment, contextIdentifier: string) {
	const found = world.tenants.find(contextIdentifier);
	const tenant = found?.environment === environment ? found : undefined;
	const endpoint = tenant && isRunning(tenant) ? endpointOf(tenant) : null;
	const validUntil = new Date(world.clock.now().getTime() + STATE_VALID_MILLISECONDS);
	return {
		ContextIdentifier: tenant?.contextIdentifier ?? contextIdentifier,
		Endpoint: endpoint,
		State: tenant?.state ?? 'Unknown',
		IsRunning: endpoint !== null,
		ValidUntil: validUntil.toISOString(),
		Api: endpoint && `${endpoint}/api`,
		Version: endpoint && '10.5.1',
	};
}

function onlyGet(call: Call, answer: () => Reply): Reply {
	if (call.method === 'GET' || call.method === 'HEAD') return answer();
	return message(405, `The requested resource does not support http method '${call.method}'.`);
}
