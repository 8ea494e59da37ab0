import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readStoredTicket, storeTicket } from '../../n8n/stored-ticket';
import {
	getSystemUserTicket,
	listedClaims,
	verifySystemUserJwt,
	type SystemUserTicket,
} from '../../superoffice';
import { claimNames } from '../../superoffice/jwt/claims';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { http, application, noWait } = service;

const identity = (name: string) => `http://schemes.superoffice.net/identity/${name}`;
const unlisted = {
	[identity('system_token')]: 'My App-aB3dE6fG9h',
	[identity('refresh_token')]: 'KpNaNqKxPq',
	[identity('internal_netserver_url')]: 'https://10.0.0.1/',
	system_token: 'My App-aB3dE6fG9h',
	nested: { system_token: 'My App-aB3dE6fG9h' },
	[identity('__proto__')]: { isForged: true },
	['__proto__']: { isForged: true },
	constructor: 'x',
};
const ofService = [
	...['aud', 'exp', 'iat', 'iss', 'nbf', 'sub'],
	...['associateid', 'company_name', 'ctx', 'identityprovider', 'is_administrator'],
	...['netserver_url', 'serial', 'upn', 'webapi_url'],
].sort();

/** Gets a ticket by a JWT with these claims as well. */
async function getWith(claims: Record<string, unknown>) {
	service.online.misbehave({
		at: 'exchange',
		kind: 'jwt',
		change: (parts) => ({ ...parts, claims: { ...parts.claims, ...claims } }),
	});
	return await getSystemUserTicket(application('Cust12345'), http, noWait());
}

describe('the claims of a ticket', () => {
	test('are those that are listed, and no others', async () => {
		const { claims } = await getWith(unlisted);
		expect(Object.keys(claims).sort()).toEqual(ofService);
		expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
		expect({}).not.toHaveProperty('isForged');
	});

	test('have SuperOffice’s own values, whatever others are called', async () => {
		const { claims } = await getWith({ company_name: 'Somebody else', firstname: 'Ola' });
		expect(claims).toMatchObject({ company_name: 'Fjord Timber AS', firstname: 'Ola' });
	});

	test('repeat neither the ticket nor a secret that it was obtained with', async () => {
		const { clientSecret, systemUserToken } = service.online.credential('Cust12345');
		const { claims } = await getWith({
			[identity('company_name')]: `AS ${clientSecret}`,
			[identity('upn')]: systemUserToken,
			[identity('ticket')]: '7T:aGVsbG8=',
			[identity('email')]: '7T:aGVsbG8=',
		});
		const left = ofService.filter((name) => !['company_name', 'upn'].includes(name));
		expect(Object.keys(claims).sort()).toEqual(left);
	});

	test('are all returned to a program that has the JWT itself', async () => {
		let jwt = '';
		const listening: typeof http = async (request) => {
			const response = await http(request);
			if (request.method === 'POST') jwt = (JSON.parse(response.body) as { Token: string }).Token;
			return response;
		};
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => ({ ...parts, claims: { ...parts.claims, ...unlisted } }),
		});
		const { ticket } = await getSystemUserTicket(application('Cust12345'), listening, noWait());
		const publicKey = service.online.login('sod').certificatePem;
		const claims = verifySystemUserJwt(jwt, { publicKey, contextIdentifier: 'Cust12345' });
		expect(claims).toMatchObject({ ticket, refresh_token: 'KpNaNqKxPq', ctx: 'Cust12345' });
	});
});

describe('listed claims', () => {
	test.each<[string, Record<string, unknown>]>([
		['a text', { company_name: 'Fjord Timber AS' }],
		['a number', { associateid: 2, exp: 1780315500 }],
		['a boolean', { is_administrator: false }],
		['an audience', { aud: 'spn:1' }],
		['several audiences', { aud: ['spn:1', 'spn:2'] }],
		['a text of 1,000 characters', { upn: 'x'.repeat(1000) }],
	])('are kept with %s', (_, claims) => {
		expect(listedClaims(claims)).toEqual(claims);
		expect(listedClaims(claims, ['', 'another secret'])).toEqual(claims);
	});

	test.each<[string, Record<string, unknown>]>([
		['an object', { company_name: { system_token: 'x' } }],
		['a list', { company_name: ['x'] }],
		['nothing', { company_name: null }],
		['audiences that are none', { aud: ['spn:1', { system_token: 'x' }] }],
		['a text of more than 1,000 characters', { upn: 'x'.repeat(1001) }],
	])('are dropped with %s', (_, claims) => {
		expect(listedClaims(claims)).toEqual({});
	});
});

describe('a ticket stored in the credential', () => {
	const stored = (claims: unknown) => {
		const ticket = { ticket: '7T:aGVsbG8=', webApiUrl: 'https://online.superoffice.com/Cust1/api' };
		return storeTicket('key', { ...ticket, claims } as SystemUserTicket);
	};
	const read = (claims: unknown) =>
		readStoredTicket(stored(claims) as Parameters<typeof readStoredTicket>[0], 'key');

	test('is read with the listed claims alone, so that others are not stored again', () => {
		const others = { system_token: 'My App-aB3dE6fG9h', nested: { a: 1 }, upn: '7T:aGVsbG8=' };
		const ticket = read({ ctx: 'Cust1', ...others, ['__proto__']: { isForged: true } })!;
		expect(ticket.ticket).toBe('7T:aGVsbG8=');
		expect(ticket.claims).toEqual({ ctx: 'Cust1' });
		expect(storeTicket('key', ticket)).toEqual(stored({ ctx: 'Cust1' }));
	});

	test.each([undefined, null, 'ctx', 1, [['ctx']]])('is read without any: %j', (claims) => {
		expect(read(claims)).toMatchObject({ ticket: '7T:aGVsbG8=', claims: {} });
	});
});

describe('the names of the claims', () => {
	const page = readFileSync(join(__dirname, '../../docs/tickets.md'), 'utf8');

	test('are in docs/tickets.md', () => {
		const [, row = ''] = /^\| `claims` \|(.*)$/m.exec(page) ?? [];
		expect([...row.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(claimNames);
	});
});
