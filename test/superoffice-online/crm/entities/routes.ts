import { json, type Call, type Reply } from '../../messages';
import { answerOrRefuse, ApiError, notFound } from '../errors';
import { entities } from '../reference';
import { ENTITY_NAMES, type EntityName } from '../store';
import type { Tenant } from '../tenants';
import { contextOf, type Context } from './context';
import { customFieldInfos, publishedLayout } from './layouts';
import { undelete } from './undelete';
import { change, create, get, getDefault, remove, replace, validate } from './verbs';

type Answer = (context: Context, call: Call) => Reply;

/** Answers what is about one entity, new or there, and about its custom fields. Undefined for all else. */
export function answerEntities(call: Call, tenant: Tenant, resource: string): Reply | undefined {
	const [, agent, method] = /^v1\/agents\/(\w+)\/(\w+)$/.exec(resource) ?? [];
	if (agent !== undefined) return answerAgent(call, tenant, agent, method!);
	const [, name = '', rest = ''] = /^v1\/(\w+)(?:\/(.+))?$/.exec(resource) ?? [];
	const entity = ENTITY_NAMES.find((known) => known.toLowerCase() === name);
	const verbs = entity && verbsOf(entity, rest);
	// The list of an entity is an archive.
	if (!verbs || (rest === '' && call.method === 'GET')) return undefined;
	const verb = verbs[call.method];
	return answerOrRefuse(() => {
		if (verb) return verb(contextOf(call, tenant, entity), call);
		const text = `The requested resource does not support http method '${call.method}'`;
		throw new ApiError(405, 'SoNotSupportedException', text);
	});
}

function answerAgent(call: Call, tenant: Tenant, agent: string, method: string): Reply | undefined {
	const undeletes: Record<string, EntityName> = {
		'contact/undelete': 'Contact',
		'person/undelete': 'Person',
		'ticket/undeletebyids': 'Ticket',
	};
	const entity = undeletes[`${agent}/${method}`];
	if (!entity || call.method !== 'POST') return undefined;
	return answerOrRefuse(() => undelete(tenant.data, entity, call));
}

/** What can be done at an address, by method. Undefined if it is no address of this kind. */
function verbsOf(entity: EntityName, rest: string): Record<string, Answer> | undefined {
	if (rest === '') return { POST: create };
	if (rest === 'default') return { GET: getDefault };
	if (rest === 'validate') return entities[entity].validate ? { POST: validate } : undefined;
	const [, layout, only] = /^(udeflayout\/published|customfield)(?:\/([^/]+))?$/.exec(rest) ?? [];
	if (layout === 'customfield')
		return { GET: (context) => json(200, customFieldInfos(context, only)) };
	if (layout !== undefined && entities[entity].udefLayout) {
		return { GET: (context) => json(200, publishedLayout(context, only)) };
	}
	if (/^\d+$/.test(rest)) {
		const id = Number(rest);
		return {
			GET: (context, call) => get(context, call, id),
			PUT: (context, call) => replace(context, call, id),
			PATCH: (context, call) => change(context, call, id),
			DELETE: (context, call) => remove(context, call, id),
		};
	}
	if (rest.includes('/')) return undefined;
	return {
		GET: () => {
			throw notFound(entity, rest);
		},
	};
}
