import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { authorizeRequest } from '../../credentials/system-user/authorize-request';
import {
	AuthState,
	callTenant,
	getSystemUserTicket,
	requireSuccess,
	signSystemUserToken,
	tenantUrl,
	TicketStore,
	verifySystemUserJwt,
	type SystemUserTicket,
} from '../../superoffice';
import { unreachable } from '../../superoffice/http/network-errors';
import { faultTable, type FaultCase } from '../engine/fault-table';
import { fileErrors } from './crm/support/file-errors';
import { inputErrors } from './crm/support/input-errors';
import { linkErrors } from './crm/support/link-errors';
import { otherErrors } from './crm/support/other-errors';
import { recordErrors } from './crm/support/record-errors';
import { tableErrors } from './crm/support/table-errors';
import { webhookErrors } from './crm/support/webhook-errors';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';
import { jwtVectors } from './support/vectors';

interface Entry {
	code: string;
	messages: RegExp[];
	fix: string;
}

const page = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);
const codeOf = (section: string) => section.split('\n')[0]!;

/** The entries under a code's heading: the messages, one per line, then `Cause:` and `Fix:`. */
function readEntries(section: string): Entry[] {
	return section
		.split(/^- /m)
		.slice(1)
		.map((entry) => {
			const form = /^((?:`[^`\n]+`(?:\\\n {2})?)+)\n {2}- Cause: .+\n {2}- Fix: (.+)\n+$/;
			const [, messages, fix = ''] = form.exec(entry) ?? [];
			if (messages === undefined) throw new Error(`This is not the form of an entry:\n${entry}`);
			const texts = [...messages.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
			return {
				code: codeOf(section),
				messages: texts.map(toPattern),
				fix: fix.replaceAll('`', ''),
			};
		});
}

function toPattern(message: string): RegExp {
	const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`);
}

const entries = sections.flatMap(readEntries);
const entryOf = (message: string) =>
	entries.find(({ messages }) => messages.some((pattern) => pattern.test(message)));

const failing = Object.values(faultTable)
	.flat()
	.filter(({ then }) => then !== 'ticket') as Array<FaultCase & { says: string; cure: RegExp }>;

const service = useSuperOfficeOnline();

/** Errors that the fault table does not cover. */
const others: Array<[string, () => Promise<unknown>]> = [
	['an invalid timeout', async () => await ticket({ timeout: -1 })],
	[
		'a JWKS without a usable key',
		async () => verifySystemUserJwt('', { publicKey: { keys: [] }, contextIdentifier: 'Cust1' }),
	],
	[
		'a claim with an invalid time',
		async () => {
			service.online.misbehave({
				at: 'exchange',
				kind: 'jwt',
				change: (parts) => ({ ...parts, claims: { ...parts.claims, exp: 'soon' } }),
			});
			return await ticket({});
		},
	],
	[
		'a stored address outside SuperOffice',
		async () => {
			service.online.misbehave({ at: 'state', kind: 'status', status: 500 });
			return await check({ webApiUrl: 'https://evil.example/Cust12345/api' });
		},
	],
	[
		'a web API that answers 403',
		async () => {
			service.online.misbehave({ at: 'api', kind: 'status', status: 403 });
			return await check({});
		},
	],
	[
		'a web API that answers 421',
		async () => {
			service.online.misbehave({ at: 'api', kind: 'status', status: 421 });
			return await check({});
		},
	],
	[
		'a login response over 1 MB',
		async () => {
			service.online.misbehave({ at: 'exchange', kind: 'flood', bytes: 1024 ** 2 + 1 });
			return await ticket({});
		},
	],
	[
		'an invalid signing time',
		async () => signSystemUserToken('My App-aB3dE6fG9h', '', new Date(Number.NaN)),
	],
	['an invalid time of verification', async () => verify('', { at: new Date(Number.NaN) })],
	['a token that is a number', async () => signSystemUserToken(5 as unknown as string, '')],
	['a JWT that is a number', async () => verify(5)],
	['a public key that is a number', async () => verify('', { publicKey: 5 })],
	[
		'a path that leaves the web API',
		async () => tenantUrl('https://online.superoffice.com/Cust12345/api', '../../Cust54321/api'),
	],
	[
		'a tenant whose address is unknown',
		async () => {
			service.online.misbehave({ at: 'state', kind: 'status', status: 500 });
			const tenant = service.application('Cust12345');
			const send = async () => ({ status: 200 });
			return await callTenant(tenant, service.http, send, { state: new AuthState() });
		},
	],
	...[302, 401, 403, 404, 409, 412, 422, 503].map((status): [string, () => Promise<unknown>] => [
		`a call answered with ${status}`,
		async () => requireSuccess({ status, body: { Message: 'No.' } }, '/v1/Contact/1', []),
	]),
	[
		'a failing agent call',
		async () => requireSuccess({ status: 200, body: null }, '/v1/Agents/Contact/Save', []),
	],
	...inputErrors.map(([name, provoke]): [string, () => Promise<unknown>] => [
		name,
		async () => provoke(),
	]),
	...recordErrors,
	...fileErrors,
	...linkErrors,
	...otherErrors,
	...tableErrors,
	...webhookErrors,
	...[
		'ECONNREFUSED',
		'ECONNRESET',
		'EPIPE',
		'RESPONSE_TRUNCATED',
		'ETIMEDOUT',
		'EHOSTUNREACH',
		'ENETUNREACH',
		'ENOTFOUND',
		'EAI_AGAIN',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'CERT_HAS_EXPIRED',
		'CERT_NOT_YET_VALID',
		'ESOMETHING',
		undefined,
	].map((code): [string, () => Promise<unknown>] => [
		`the network error ${code}`,
		async () => {
			throw unreachable('online.superoffice.com', { code });
		},
	]),
];

function verify(jwt: unknown, changes: object = {}) {
	const { certificatePem: publicKey, contextIdentifier } = jwtVectors;
	return verifySystemUserJwt(jwt as string, { publicKey, contextIdentifier, ...changes });
}

async function ticket(options: { timeout?: number }) {
	return await getSystemUserTicket(service.application('Cust12345'), service.http, options);
}

async function check(changes: object) {
	const application = service.application('Cust12345');
	const known = { ...(await getSystemUserTicket(application, service.http)), ...changes };
	return await new TicketStore(new AuthState()).getTicket(application, service.http, { known });
}

const ticketOfCredential: SystemUserTicket = {
	ticket: '7T:x',
	contextIdentifier: 'Cust12345',
	environment: 'online',
	webApiUrl: 'https://online.superoffice.com/Cust12345/api',
	issuedAt: '',
	expiresAt: '',
	claims: {},
};

/** Messages of the nodes and the credential, which the tests in n8n's engine cover. */
const nodeMessages = [
	'Tenant is not one of its choices.',
	'No company is chosen.',
	'Message is empty.',
	'Put Output File in Field is empty.',
	'Name is empty.',
	'No list is chosen.',
	'No archive is chosen.',
	'“five” is not the ID of a company.',
	'Additional Properties is not a JSON object.',
	'Body is not JSON.',
	'Put Output File in Field is empty.',
	'All Pages cannot be used with the method POST.',
	'No relation definition is chosen.',
	'The selection with the ID 7 is not of companies and contact persons.',
	'The selection with the ID 7 is of another kind of records (“quote”) than this node knows.',
	'There are no companies with the IDs 1, 2. Of the 3 IDs of this item, 1 had been handled.',
	'All Pages cannot be used with the response format File.',
	'SuperOffice has no sales.',
	'No company matches Filter (OData).',
	'The ID of this workflow has more than 21 characters, and n8n does not keep for such workflows up to where they have polled.',
	...[
		{ url: 'https://evil.example/' },
		{ url: 'https://online.superoffice.com/Cust54321/api' },
		{ url: 'https://docs.superoffice.com/' },
		{ url: '/v1/Contact', skipSslCertificateValidation: true },
		{ url: '/v1/Contact', agentOptions: { ca: 'PEM' } },
	].map((request) => messageOf(() => authorizeRequest(request, 'secret', ticketOfCredential))),
];

function messageOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return (error as Error).message;
	}
	throw new Error('Nothing failed.');
}

describe('docs/errors.md', () => {
	test.each(failing)('has an entry for $name', ({ says, cure, then }) => {
		const entry = entryOf(says);
		expect([says, entry?.code]).toEqual([says, then]);
		expect(entry?.fix).toMatch(cure);
	});

	test.each(others)('has an entry for %s', async (_, provoke) => {
		const { message, code } = await superOfficeErrorOf(provoke);
		expect([message, entryOf(message)?.code]).toEqual([message, code]);
	});

	test.each(nodeMessages)('has an entry for a message of the nodes: %s', (message) => {
		expect(entryOf(message)?.code).toBe('INVALID_INPUT');
	});

	test('has no entry for a message that is never shown', async () => {
		const messages = [...failing.map(({ says }) => says), ...nodeMessages];
		for (const [, provoke] of others) {
			service.online.stopMisbehaving();
			messages.push((await superOfficeErrorOf(provoke)).message);
		}
		const unseen = entries
			.flatMap((entry) => entry.messages)
			.filter((pattern) => !messages.some((message) => pattern.test(message)));
		expect(unseen.map(String)).toEqual([]);
	});

	test('has one section for each code', () => {
		const source = readFileSync(join(__dirname, '../../superoffice/errors.ts'), 'utf8');
		const codes = [...source.matchAll(/^\t\| '([A-Z_]+)'/gm)].map(([, code]) => code);
		expect(codes).toContain('REFUSED');
		expect(sections.map(codeOf)).toEqual(codes);
	});
});
