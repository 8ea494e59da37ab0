import type { World } from '../control/world';
import { json, mediaType, type Call, type Reply } from '../messages';
import { availableColumns } from './archives/available-columns';
import { readDynamic } from './archives/dynamic';
import { readOptions } from './archives/options';
import { Provider } from './archives/providers';
import { Reading } from './archives/reading';
import { readPage } from './archives/rows';
import { ApiError, answerOrRefuse, illegal } from './errors';
import { readObject } from './lists/read-object';
import { answerListDefinitions } from './lists/list-definitions';
import { answerListItems } from './lists/list-items';
import { answerMdoList } from './lists/mdo-lists';
import { relationsOf, type Within } from './links/relations';
import type { Tenant } from './tenants';

type Answer = (reading: Reading) => Reply;

/**
 * Answers what reads many rows: archives, their columns, and lists.
 * @param resource the path under /api/, in lower case and without a slash at its end
 * @returns undefined for everything else
 */
export function answerArchives(
	_world: World,
	call: Call,
	tenant: Tenant,
	resource: string,
): Reply | undefined {
	const answer =
		answerMdoList(call, resource) ??
		answerListDefinitions(call, resource) ??
		answerListItems(call, resource) ??
		route(call, resource);
	return answer && answerOrRefuse(() => answer(new Reading(tenant, call)));
}

function route(call: Call, resource: string): Answer | undefined {
	const { method, query } = call;
	if (method === 'POST' && resource === 'v1/agents/archive/getavailablecolumns') {
		return (reading) => answerAvailableColumns(call, reading);
	}
	if (method === 'POST' && resource === 'v1/agents/archive/getprovidernames') {
		return () => json(200, providerNames());
	}
	if (method === 'GET' && resource === 'v1/archive') {
		return () => json(200, Object.fromEntries(providerNames().map((name) => [name, name])));
	}
	const relations = relationsOf(resource);
	if (method === 'GET' && relations) {
		return (reading) => answerQuery(call, query, Provider.named('Relation')!, reading, relations);
	}
	const [, name, metadata] = /^v1\/archive\/([^/]+)(\/\$metadata)?$/.exec(resource) ?? [];
	if (name === 'dynamic' && metadata === undefined) return dynamic(call);
	const provider = name === undefined ? Provider.at(resource) : Provider.named(name);
	if (!provider) {
		if (name === undefined) return undefined;
		return () => {
			throw new ApiError(404, 'SoNotFoundException', `There is no archive provider '${name}'`);
		};
	}
	if (method === 'GET' && metadata !== undefined) {
		return (reading) => json(200, { value: availableColumns(provider, reading) });
	}
	if (method === 'GET') return (reading) => answerQuery(call, query, provider, reading);
	if (method !== 'POST' || name === undefined || metadata !== undefined) return undefined;
	return (reading) => answerQuery(call, formOf(call), provider, reading);
}

function providerNames(): string[] {
	return [...Provider.names, 'Dynamic'];
}

function formOf(call: Call): URLSearchParams {
	if (mediaType(call) === 'application/x-www-form-urlencoded')
		return new URLSearchParams(call.body);
	throw illegal('The options must be a form');
}

function dynamic(call: Call): Answer | undefined {
	if (call.method !== 'GET' && call.method !== 'POST') return undefined;
	return (reading) => {
		const query = call.method === 'GET' ? call.query : formOf(call);
		const metadata = `https://${call.host}${call.path}/$metadata`;
		const rows = readDynamic(query, reading);
		return json(200, { 'odata.metadata': metadata, 'odata.nextLink': null, value: rows });
	};
}

function answerQuery(
	call: Call,
	query: URLSearchParams,
	provider: Provider,
	reading: Reading,
	within?: Within,
): Reply {
	const options = readOptions(query, provider, reading);
	// Only under an archive's own address are rows counted.
	if (query.has('$inlineCount') && !/\/archive\//i.test(call.path)) {
		throw illegal('Unknown option: $inlineCount');
	}
	const { rows, total, hasNext } = readPage(provider, options, reading, within?.(reading));
	const address = `https://${call.host}${call.path}`;
	const next = new URLSearchParams(query);
	next.set('$skip', String(options.skip + (options.top ?? 0)));
	return json(200, {
		'odata.metadata': `${address}/$metadata`,
		...(options.counted && { 'odata.count': total }),
		'odata.nextLink': hasNext && call.method === 'GET' ? `${address}?${next}` : null,
		value: rows,
	});
}

/** Agents answer 200 even where there is nothing, or where an argument is bad. */
function answerAvailableColumns({ body }: Call, reading: Reading): Reply {
	const { ProviderName } = readObject(body);
	if (typeof ProviderName !== 'string') {
		const MessageDetail = 'The argument ProviderName is missing.';
		return json(200, { Message: 'The request is invalid.', MessageDetail });
	}
	const provider = Provider.named(ProviderName);
	return json(200, provider ? availableColumns(provider, reading) : null);
}
