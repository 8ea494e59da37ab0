import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { ticketNode } from '../test/engine/support/workflows';
import { getTicket, sign as sampleSign, verify as sampleVerify } from './contenders/sample-steps';
import { sampleInput } from './exchanges';
import { library, parseCredentials, SuperOfficeApi, verifyWithKeys } from './shipped';
import { median, microseconds, ratio, table } from './table';
import { credentialOf, expectGood, numbered, type World } from './world';

const rounds = 25;

/** CPU time of one call, in microseconds: the median of many rounds in which the contenders take turns. */
async function measure(works: Array<() => unknown>, calls: number): Promise<number[]> {
	const results: number[][] = works.map(() => []);
	// The first two rounds are a warm-up.
	for (let round = -2; round < rounds; round++) {
		for (const [index, work] of works.entries()) {
			const before = process.cpuUsage();
			for (let call = 0; call < calls; call++) await work();
			const { user, system } = process.cpuUsage(before);
			if (round >= 0) results[index]!.push((user + system) / calls);
		}
	}
	return results.map(median);
}

/** Signing a system user token and verifying the JWT that comes back. */
export async function compareSignAndVerify(world: World): Promise<string> {
	const { contextIdentifier } = world.online.addTenant();
	const input = sampleInput(world, contextIdentifier);
	const { privateKey, publicKey, systemUserToken } = input;
	await getTicket(input);
	const { Token: jwt } = JSON.parse(world.online.requests.at(-1)!.answer!) as { Token: string };
	const [header, payload, signature] = jwt.split('.') as [string, string, string];
	const signed = Buffer.from(`${systemUserToken}.202611240000`);
	const verified = Buffer.from(`${header}.${payload}`);
	const credentials = { ...world.online.credential(contextIdentifier), publicKey };
	const state = new library.AuthState();
	const readKeys = { private: createPrivateKey(privateKey), public: createPublicKey(publicKey) };
	const works = {
		ours: () => {
			const parsed = parseCredentials(credentials, state);
			library.signSystemUserToken(parsed.systemUserToken, parsed.privateKey);
			verifyWithKeys(jwt, parsed.publicKeys!, parsed);
		},
		'bare `crypto`, keys as text': () => {
			sign('RSA-SHA256', signed, privateKey).toString('base64');
			verify('RSA-SHA256', verified, publicKey, Buffer.from(signature, 'base64url'));
		},
		'bare `crypto`, keys read before': () => {
			sign('RSA-SHA256', signed, readKeys.private).toString('base64');
			verify('RSA-SHA256', verified, readKeys.public, Buffer.from(signature, 'base64url'));
		},
		sample: () => {
			sampleSign(systemUserToken, privateKey);
			sampleVerify(jwt, publicKey);
		},
	};
	const times = await measure(Object.values(works), 100);
	const rows = Object.keys(works).map((name, index) => [
		name,
		microseconds(times[index]!),
		ratio(times[0]!, times[index]!),
	]);
	return table(['sign + verify', 'CPU time', 'ours ÷ this'], rows);
}

/** What an existing ticket costs per item. */
export async function measureTicketsThere(world: World): Promise<string> {
	const tenant = world.useNewTenant();
	const application = world.online.credential(tenant);
	const store = new library.TicketStore();
	const { ticket } = await store.getTicket(application, world.http);
	const url = `${ticket.webApiUrl}/v1/Contact/1`;

	const first = await world.measure([ticketNode()], numbered(1));
	expectGood(first, 'Ticket', 1);
	const credential: ICredentialDataDecryptedObject = credentialOf(world.engine).data;
	const { authenticate } = new SuperOfficeApi();
	const request: IHttpRequestOptions = { url, headers: { Accept: 'application/json' } };
	const [fromStore, onRequest] = await measure(
		[
			async () => await store.getTicket(application, world.http),
			async () => await authenticate(credential, request),
		],
		2000,
	);
	const runs: number[] = [];
	for (let round = 0; round < 9; round++) {
		const measured = await world.measure([ticketNode()], numbered(1000));
		expectGood(measured, 'Ticket', 1000);
		if (measured.exchanges !== 0) throw new Error('The ticket was not there.');
		runs.push(measured.time);
	}
	return table(
		['a ticket that is there', 'time for each item'],
		[
			['out of the store', microseconds(fromStore!)],
			['put on a request by the credential', microseconds(onRequest!)],
			['by the node, n8n’s reading of item and credential included', microseconds(median(runs))],
		],
	);
}
