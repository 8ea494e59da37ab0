import type { INodeParameters } from 'n8n-workflow';

import { storeTicket } from '../../n8n/stored-ticket';
import { AuthState, cacheKey, getSystemUserTicket } from '../../superoffice';
import { httpTo } from '../unit/support/axios-http';
import { useEngine } from './support/engine';
import { chain, httpRequestNode, numbered, pagination } from './support/workflows';

const n8n = useEngine();

const apiOf = (contextIdentifier: string) =>
	`https://${n8n.online.tenant(contextIdentifier).apiHost}/${contextIdentifier}/api`;

describe('HTTP Request with options that make n8n ignore failures, so that it never renews a ticket', () => {
	const neverError = { response: { response: { neverError: true } } };
	const byPage = pagination(
		{ name: '$skip', value: '={{ $pageCount * 2 }}' },
		'={{ $response.statusCode === 200 && $response.body.value.length < 2 }}',
	);
	const list = '/v1/Contact?$select=contactId&$orderBy=contactId&$top=2';
	/** Stores a ticket that this process knows nothing about. */
	const useStoredTicket = async () => {
		const { contextIdentifier } = n8n.online.addTenant();
		const application = n8n.online.credential(contextIdentifier);
		const state = new AuthState();
		const ticket = await getSystemUserTicket(application, httpTo(n8n.online), { state });
		const stored = storeTicket(cacheKey(application), ticket) as Record<string, string>;
		n8n.useCredential(contextIdentifier, stored);
		n8n.online.resetCounts();
		return contextIdentifier;
	};
	const run = async (tenant: string, options: object) => {
		const request = httpRequestNode(apiOf(tenant) + list);
		request.parameters.options = options as INodeParameters;
		return await n8n.engine.run(chain(request), { triggerItems: numbered(5) });
	};

	test.each<[string, object, number]>([
		['with pagination', byPage, 15],
		['with Never Error', neverError, 5],
	])('%s: a dead ticket is detected before it is sent', async (_, options, answers) => {
		const tenant = await useStoredTicket();
		n8n.online.expireAllTickets();
		const { output, error } = await run(tenant, options);
		expect(error).toBeUndefined();
		expect(output('Request')).toHaveLength(answers);
		for (const { json } of output('Request')) expect(json.value).toBeInstanceOf(Array);
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, unauthorized: 1 });
	});

	test.each<[string, object, number]>([
		['with pagination', byPage, 15],
		['with Never Error', neverError, 5],
	])('%s: a live ticket is checked once a minute, and kept', async (_, options, answers) => {
		const tenant = await useStoredTicket();
		for (const currentPrincipal of [1, 0]) {
			n8n.online.resetCounts();
			const { output, error } = await run(tenant, options);
			expect(error).toBeUndefined();
			expect(output('Request')).toHaveLength(answers);
			expect(n8n.online.counts).toMatchObject({ exchanges: 0, currentPrincipal });
		}
	});
});
