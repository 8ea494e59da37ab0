import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Misbehaviour } from '../../superoffice-online';
import { useEngine } from '../support/engine';
import { leaksIn, secretsOf } from '../support/secrets';
import { chain, credentialId } from '../support/workflows';
import { behindWrongProxy } from '../support/wrong-proxy';
import { byId, mapped, operation } from './node';

const n8n = useEngine();

let tenant: string;
beforeEach(() => (tenant = n8n.useNewTenant()));

const database = () => n8n.online.tenant(tenant).data;
const companies = () => database().all('Contact').length;
const sent = (method: string) => n8n.online.requests.filter((request) => request.method === method);
/** Calls that create a company. */
const creates = () => sent('POST').filter(({ path }) => path.endsWith('/api/v1/Contact'));
/** Makes the tenant misbehave on calls with this method that are about companies. */
const fail = (method: string, how: object, times?: number) =>
	n8n.online.misbehave({
		at: 'api',
		method,
		path: method === 'POST' ? /(v1\/Contact|Undelete\w*)$/i : /v1\/Contact\/\d+$/,
		times,
		...how,
	} as Misbehaviour);

async function run(node: INode, triggerItems?: IDataObject[]) {
	const result = await n8n.engine.run(chain(node), { triggerItems });
	const items = result.output('SuperOffice');
	const credential = n8n.engine.credentials.get(credentialId).data;
	const shown = [result.error, result.log, items];
	expect(leaksIn(shown, secretsOf(n8n.online, credential))).toEqual([]);
	return { ...result, items };
}

const create = (fields: IDataObject = { Name: 'Acme' }, settings = {}) =>
	operation('company', 'create', { fields: mapped(fields) }, settings);
const ofCompany = (name: string, id: number, parameters: INodeParameters = {}) =>
	operation('company', name, { recordId: byId(id), ...parameters });

/** Failures that say nothing of whether it was done. */
const unsure: Array<[string, object]> = [
	['status 500', { kind: 'status', status: 500 }],
	['status 503', { kind: 'status', status: 503 }],
	['a connection that was closed', { kind: 'reset' }],
	['a connection that was closed after it was done', { kind: 'lost' }],
	['an answer that was cut off', { kind: 'cut' }],
];

describe.each(unsure)('after %s', (_, how) => {
	test('a company is read again', async () => {
		fail('GET', how, 1);
		const { items, error } = await run(ofCompany('get', 1));
		expect(error).toBeUndefined();
		expect(items[0]!.json.ContactId).toBe(1);
	});

	test('an update is made again, and comes to the same', async () => {
		fail('PATCH', how, 2);
		const fields = mapped({ Department: 'Nord', Emails: 'a@example.com' });
		const { items, error } = await run(ofCompany('update', 2, { fields }));
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ Department: 'Nord', Emails: 'a@example.com' });
		expect(sent('PATCH')).toHaveLength(3);
		expect(database().find('Contact', 2)!.values.Emails).toHaveLength(1);
	});

	test('a company is deleted', async () => {
		fail('DELETE', how, 1);
		const { items, error } = await run(ofCompany('delete', 3));
		expect(error).toBeUndefined();
		expect(items[0]!.json).toEqual({ deleted: true, id: 3 });
		expect(database().find('Contact', 3)).toBeUndefined();
		expect(sent('DELETE')).toHaveLength(2);
	});

	test('a company comes back', async () => {
		database().remove('Contact', 3);
		fail('POST', how, 1);
		const { items, error } = await run(ofCompany('undelete', 3));
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ ContactId: 3 });
		expect(database().find('Contact', 3)).toBeDefined();
	});

	test('a company is not created again, and the error says how to find out', async () => {
		const before = companies();
		await run(ofCompany('get', 1));
		n8n.online.resetCounts();
		fail('POST', how, 1);
		const { error, items } = await run(create());
		expect(items).toEqual([]);
		expect(error!.message).toContain('The company may have been created all the same.');
		expect(error!.description).toMatch(/Look for it in SuperOffice .* “Create or Update”/);
		expect(creates()).toHaveLength(1);
		expect(companies() - before).toBeLessThanOrEqual(1);
	});

	test('of a create, no other item with the same key creates it', async () => {
		const before = companies();
		await run(ofCompany('get', 1));
		n8n.online.resetCounts();
		fail('POST', how, 1);
		const fields = mapped({ Name: '={{ $json.name }}' }, ['Name']);
		const node = operation('company', 'upsert', { fields }, { onError: 'continueRegularOutput' });
		const names = ['Acme', 'Bolt', 'ACME'];
		const { items } = await run(
			node,
			names.map((name) => ({ name })),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		const failed = items.filter(({ json }) => json.error !== undefined);
		expect(failed.length).toBeGreaterThan(0);
		for (const { json } of failed) expect(json.error).toContain('may have been created');
		expect(creates()).toHaveLength(2);
		expect(companies() - before).toBeLessThanOrEqual(2);
	});
});

describe('a create is made again where SuperOffice has surely not done it:', () => {
	beforeEach(async () => {
		await run(ofCompany('get', 1));
		n8n.online.resetCounts();
	});

	async function createsOne(tries: number, node = create()) {
		const before = companies();
		const { items, error } = await run(node);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ Name: 'Acme' });
		expect(companies()).toBe(before + 1);
		expect(creates()).toHaveLength(tries);
	}

	/** All tickets die after the calls that come before a create, which would renew them. */
	async function withTicketDying(work: () => Promise<void>) {
		n8n.online.tenant(tenant).settings.latency = 200;
		const dies = setInterval(() => {
			const isReady = sent('GET').some(({ path, status }) => path.includes('/default') && status);
			if (!isReady) return;
			n8n.online.expireAllTickets();
			clearInterval(dies);
		}, 1);
		await work().finally(() => clearInterval(dies));
	}

	test('the ticket had died', async () => {
		await withTicketDying(async () => await createsOne(2));
		expect(n8n.online.counts.exchanges).toBe(1);
	});

	test('it was called too often', async () => {
		const headers = { 'Retry-After': '0' };
		fail('POST', { kind: 'status', status: 429, headers }, 2);
		await createsOne(3);
	});

	test('the tenant was not there any more', async () => {
		fail('POST', { kind: 'status', status: 421 }, 1);
		await createsOne(2);
	});

	test('the connection was refused', async () => {
		n8n.online.tenant(tenant).settings.latency = 300;
		const creating = createsOne(1);
		while (sent('GET').filter(({ path }) => path.includes('/default')).length === 0) await turn();
		await behindWrongProxy('missing', async () => {
			while (sent('GET').some(({ status }) => status === undefined)) await turn();
			await turn(100);
		});
		await creating;
	});

	test('no new ticket was to be had at first', async () => {
		n8n.online.misbehave({ at: 'exchange', kind: 'reset', times: 3 });
		// The first two go out with the ticket that has died.
		await withTicketDying(async () => await createsOne(3));
	});

	test('and the error does not say that the company may exist where no ticket is to be had', async () => {
		n8n.online.misbehave({ at: 'exchange', kind: 'reset' });
		await withTicketDying(async () => {
			const { error } = await run(create());
			expect(error!.message).toContain('could not be reached');
			expect(error!.message).not.toContain('may have been created');
		});
		expect(companies()).toBe(5);
	});
});

const turn = async (milliseconds = 5) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a company that somebody else has deleted is not reported as deleted', async () => {
	database().remove('Contact', 3);
	const { error } = await run(ofCompany('delete', 3));
	expect(error!.message).toContain('There is no company with the ID 3.');
});

describe('an error', () => {
	const words = (text: string) => JSON.stringify({ Error: true, ErrorMessage: text });
	test.each([
		[403, 'You may not', /lacks the right to do this. Ask an administrator/],
		[404, 'Contact id 2 not found', /Check the ID.*may have been deleted/],
		[409, 'Conflicting change', /changed in the meantime. Read it again/],
		[412, 'Precondition', /changed in the meantime. Read it again/],
		[400, 'Name: is too long', /Check the values/],
	])('with status %d has SuperOffice’s own words, and what to do', async (status, text, cure) => {
		fail('PATCH', { kind: 'status', status, body: words(text) });
		const { error } = await run(ofCompany('update', 2, { fields: mapped({ Department: 'X' }) }));
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: String(status) });
		expect(error!.message).toContain(`(status ${status}): ${text}`);
		expect(error!.description).toMatch(cure);
		expect(sent('PATCH')).toHaveLength(1);
	});

	test('names the field that SuperOffice turned down', async () => {
		n8n.online.tenant(tenant).settings.mandatory = { Contact: ['Department'] };
		const { error } = await run(create());
		expect(error!.message).toContain('Department');
		expect(error!.message).not.toContain('may have been created');
	});

	test('of an agent that finds nothing to bring back says so', async () => {
		const { error } = await run(ofCompany('undelete', 999));
		expect(error!.message).toContain('The company with the ID 999 could not be brought back.');
		expect(error!.description).toContain('Check the ID.');
	});

	test('of an agent that answers with nothing but a message has its words', async () => {
		const body = JSON.stringify({ Message: 'The request is invalid.', MessageDetail: 'No Id' });
		fail('POST', { kind: 'body', body, contentType: 'application/json' });
		const { error } = await run(ofCompany('undelete', 3));
		expect(error!.message).toContain('The request is invalid. No Id');
	});

	test('repeats no secret that SuperOffice repeats', async () => {
		const { clientSecret } = n8n.online.application;
		const { systemUserToken } = n8n.online.tenant(tenant);
		const body = words(`No ${clientSecret} for ${systemUserToken}`);
		fail('GET', { kind: 'status', status: 400, body });
		const { error } = await run(ofCompany('get', 1));
		expect(error!.message).toContain('No *** for ***');
	});
});
