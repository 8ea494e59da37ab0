/**
 * The main job: runs the example workflow in n8n's engine, and prints step by step what happened. It uses the local
 * service or, given the path of an env file, SuperOffice itself. TypeScript, like the engine that it runs in.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { createEngine, type RunResult, type WorkflowToRun } from '../test/engine/harness';
import { startSuperOfficeOnline, type SuperOfficeOnline } from '../test/superoffice-online';
import { readTestAuthority } from '../test/superoffice-online/tls/authority-folder';
import { readCredential } from './env-file';

const root = join(__dirname, '..');
const example = 'examples/get-a-ticket-and-call-the-api.json';
const ticketNode = 'Get System User Ticket';
const nextNode = 'Who am I?';

async function main(envFile?: string): Promise<void> {
	const online = envFile === undefined ? await startLocalService() : undefined;
	try {
		const credential = online?.credential('Cust12345') ?? readCredential(envFile!);
		const result = await runExample(credential);
		if (result.error) throw new Failure(result.error.message, result.error.description);
		tell(credential, result, online);
	} finally {
		await online?.close();
	}
}

async function startLocalService(): Promise<SuperOfficeOnline> {
	const online = await startSuperOfficeOnline({ authority: await readTestAuthority() });
	// n8n finds it the way it finds a corporate proxy.
	Object.assign(process.env, { HTTPS_PROXY: online.proxyUrl, https_proxy: online.proxyUrl });
	delete process.env.NO_PROXY;
	delete process.env.no_proxy;
	console.log(
		'\nA local SuperOffice Online is up; no real one is asked. With your own application:',
	);
	console.log('  npm start -- --env-file .env     (see .env.example)');
	return online;
}

async function runExample(data: ICredentialDataDecryptedObject): Promise<RunResult> {
	console.log(`\nRunning ${example} in n8n's engine\n`);
	const engine = await createEngine({ packageFolder: root });
	try {
		const workflow = JSON.parse(readFileSync(join(root, example), 'utf8')) as WorkflowToRun;
		const { id, name } = workflow.nodes.find((node) => node.name === ticketNode)!.credentials!
			.superOfficeApi!;
		engine.credentials.set({ id: id!, name, type: 'superOfficeApi', data });
		return await engine.run(workflow);
	} finally {
		await engine.close();
	}
}

/** Prints only what the run returned or the service recorded. */
function tell(
	credential: ICredentialDataDecryptedObject,
	result: RunResult,
	online?: SuperOfficeOnline,
): void {
	const ticket = onlyItem(result, ticketNode);
	const claims = ticket.claims as IDataObject;
	const answer = onlyItem(result, nextNode);
	if (online !== undefined) checkWithService(online, ticket);

	step('Signed', 'the system user token with the private key of the credential');
	step(
		'Exchanged',
		`it with ${String(credential.environment)}.superoffice.com for a JWT, by ${String(credential.exchangeProtocol).toUpperCase()}`,
		online && seen(online, /Authenticate$|PartnerSystemUserService\.svc$/),
	);
	step(
		'Verified',
		`the JWT: RS256, issued by "${String(claims.iss)}" for ${String(claims.aud)}, tenant ${String(claims.ctx)}`,
		online && seen(online, /jwks$/),
	);
	step(
		'Ticket',
		`for ${String(claims.company_name)} at ${String(ticket.webApiUrl)}, good until ${String(ticket.expiresAt)}`,
	);
	step(
		'Next node',
		`"${nextNode}" called the API with the ticket`,
		online && seen(online, /currentPrincipal$/),
	);
	const { exchanges } = online?.counts ?? {};
	if (exchanges !== undefined) console.log(`\nExchanges in this run: ${exchanges}`);
	// A real ticket opens a real tenant, so only its first characters are shown.
	const shown = String(ticket.ticket);
	console.log(`\nTicket:  ${online ? shown : `${shown.slice(0, 6)}...`}`);
	console.log(`Answer:  ${JSON.stringify(answer)}`);
}

function checkWithService(
	online: SuperOfficeOnline,
	{ ticket, contextIdentifier }: IDataObject,
): void {
	if (!online.isLive(String(ticket), String(contextIdentifier))) {
		throw new Failure('The service does not know the ticket that the node handed on.');
	}
	// The next node's call is the last one; the node before it makes one with the same ticket, too.
	if (online.requests.at(-1)?.headers.authorization !== `SOTicket ${String(ticket)}`) {
		throw new Failure('The next node did not use the ticket.');
	}
}

function onlyItem(result: RunResult, nodeName: string): IDataObject {
	const [item] = result.output(nodeName);
	if (item === undefined) throw new Failure(`"${nodeName}" gave no item.`);
	return item.json;
}

function seen({ requests }: SuperOfficeOnline, path: RegExp): string {
	const request = requests.filter((known) => path.test(known.path)).at(-1);
	if (request === undefined) throw new Failure(`The service was never asked for ${path.source}.`);
	return `${request.method} https://${request.host}${request.path} -> ${request.status}`;
}

function step(title: string, what: string, proof?: string): void {
	console.log(`  ✓ ${title.padEnd(10)} ${what}`);
	if (proof) console.log(`    ${' '.repeat(10)} ${proof}`);
}

class Failure extends Error {
	constructor(
		message: string,
		readonly description?: string | null,
	) {
		super(message);
	}
}

main(process.argv[2]).catch((error: Error & { description?: string | null }) => {
	console.error(`\n  ✗ ${error.message}`);
	if (error.description) console.error(`    ${error.description}`);
	process.exitCode = 1;
});
