import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	getSystemUserTicket,
	AuthState,
	SuperOfficeError,
	TicketStore,
	verifySystemUserJwt,
} from '../../superoffice';
import { unreachable } from '../../superoffice/http/network-errors';
import { faultTable, type FaultCase } from '../engine/fault-table';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

interface Row {
	codes: string[];
	patterns: RegExp[];
	cure: string;
}

/** The tables below "When something fails": one of them for each code, or for two. */
function readTables(): Row[] {
	const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
	const [, chapter = ''] = /^## When something fails$(.*?)^## /ms.exec(readme) ?? [];
	return chapter.split(/^### /m).flatMap((section) => {
		const [heading = '', ...lines] = section.split('\n');
		const codes = [...heading.matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => code);
		return lines
			.filter((line) => /^\| `/.test(line))
			.map((line) => {
				const [, see = '', , cure = ''] = line
					.split(' | ')
					.flatMap((cell, i) => (i ? [cell] : ['', cell]));
				const messages = [...see.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
				return { codes, patterns: messages.map(toPattern), cure: cure.replaceAll('`', '') };
			});
	});
}

function toPattern(message: string): RegExp {
	const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`);
}

const rows = readTables();
const rowOf = (message: string) =>
	rows.find(({ patterns }) => patterns.some((pattern) => pattern.test(message)));

const failing = Object.values(faultTable)
	.flat()
	.filter(({ then }) => then !== 'ticket') as Array<FaultCase & { says: string; cure: RegExp }>;

const service = useSuperOfficeOnline();

/** What the fault table does not come by. */
const others: Array<[string, () => Promise<unknown>]> = [
	['a timeout that is none', async () => await ticket({ timeout: -1 })],
	[
		'a JWKS without a usable key',
		async () => verifySystemUserJwt('', { publicKey: { keys: [] }, contextIdentifier: 'Cust1' }),
	],
	[
		'a time that is none',
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
		'a kept address that leads elsewhere',
		async () => {
			service.online.misbehave({ at: 'state', kind: 'status', status: 500 });
			return await check({ webApiUrl: 'https://evil.example/Cust12345/api' });
		},
	],
	[
		'a web API that is closed',
		async () => {
			service.online.misbehave({ at: 'api', kind: 'status', status: 403 });
			return await check({});
		},
	],
	[
		'a tenant that is nowhere',
		async () => {
			service.online.misbehave({ at: 'api', kind: 'status', status: 421 });
			return await check({});
		},
	],
	...[
		'ECONNREFUSED',
		'ECONNRESET',
		'EPIPE',
		'ERR_BAD_RESPONSE',
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
		`the network’s ${code}`,
		async () => {
			throw unreachable('online.superoffice.com', { code });
		},
	]),
];

async function ticket(options: { timeout?: number }) {
	return await getSystemUserTicket(service.application('Cust12345'), service.http, options);
}

async function check(changes: object) {
	const application = service.application('Cust12345');
	const known = { ...(await getSystemUserTicket(application, service.http)), ...changes };
	return await new TicketStore(new AuthState()).getTicket(application, service.http, { known });
}

/** Of the nodes, which the tests in n8n's engine come by. */
const ofTheNodes = [
	'Tenant is not one of its choices.',
	'URL: the SuperOffice credential is only sent to https addresses on superoffice.com, such as https://online.superoffice.com/Cust12345/api/v1/Contact.',
];

describe('the README’s tables of errors', () => {
	test.each(failing)('have a row for $name', ({ says, cure, then }) => {
		const row = rowOf(says);
		expect(row?.codes).toContain(then);
		expect(row?.cure).toMatch(cure);
	});

	test.each(others)('have a row for %s', async (_, provoke) => {
		const { message, code } = await superOfficeErrorOf(provoke);
		expect([message, rowOf(message)?.codes]).toEqual([message, expect.arrayContaining([code])]);
	});

	test('have no row for what nobody ever sees', async () => {
		const messages = [...failing.map(({ says }) => says), ...ofTheNodes];
		for (const [, provoke] of others) {
			service.online.stopMisbehaving();
			messages.push((await superOfficeErrorOf(provoke)).message);
		}
		const unseen = rows
			.flatMap(({ patterns }) => patterns)
			.filter((pattern) => !messages.some((message) => pattern.test(message)));
		expect(unseen.map(String)).toEqual([]);
	});

	test('name every code', () => {
		const codes = new Set(rows.flatMap((row) => row.codes));
		const source = readFileSync(join(__dirname, '../../superoffice/errors.ts'), 'utf8');
		const all = [...source.matchAll(/^\t\| '([A-Z_]+)'/gm)].map(([, code]) => code);
		expect([...codes].sort()).toEqual(all.sort());
		expect(new SuperOfficeError('REFUSED', '', '').code).toBe('REFUSED');
	});
});
