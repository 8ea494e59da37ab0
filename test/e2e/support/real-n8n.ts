import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import type { IDataObject, IRun } from 'n8n-workflow';

import { N8nServer } from './n8n-server';

const execute = promisify(execFile);
const root = join(__dirname, '../../..');
const mostOutput = 512 * 1024 * 1024;

/** A workflow as `import:workflow` takes it. */
export interface Workflow {
	id: string;
	name: string;
	nodes: unknown[];
	connections: unknown;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: IDataObject;
}

/** What one process of n8n made of a workflow. */
export interface Execution {
	/** The items of a node's last run; none if it did not run. */
	output(node: string): IDataObject[];
	/** Milliseconds that a node's last run took. */
	timeOf(node: string): number | undefined;
	/** Why the workflow failed. */
	error?: string;
	/** The most memory the process has taken, in MB; undefined where the system does not tell. */
	peakMemory?: number;
}

/** A real n8n with the packed package in it, in a user folder of its own. */
export class RealN8n {
	private servers: ChildProcess[] = [];

	private constructor(
		private readonly folder: string,
		private readonly proxyUrl: string,
	) {}

	/** @param proxyUrl the only way out that n8n is told of */
	static async create(proxyUrl: string): Promise<RealN8n> {
		const folder = await mkdtemp(join(tmpdir(), 'real-n8n-'));
		const n8n = new RealN8n(folder, proxyUrl);
		await n8n.installPackage();
		return n8n;
	}

	async importCredential(credential: Credential): Promise<void> {
		await this.cli('import:credentials', `--input=${await this.write([credential])}`);
	}

	async exportCredential(id: string): Promise<Credential> {
		const file = join(this.folder, 'exported.json');
		await this.cli('export:credentials', `--id=${id}`, '--decrypted', `--output=${file}`);
		const [credential] = JSON.parse(await readFile(file, 'utf8')) as Credential[];
		await rm(file);
		return credential!;
	}

	async importWorkflow(workflow: Workflow): Promise<void> {
		const settings = { executionOrder: 'v1' };
		const file = await this.write([{ ...workflow, active: false, settings }]);
		await this.cli('import:workflow', `--input=${file}`);
	}

	/** Runs a workflow in a process of its own. */
	async execute(id: string): Promise<Execution> {
		const parameters = ['execute', `--id=${id}`, '--rawOutput'];
		const running = this.run(parameters);
		let peakMemory: number | undefined;
		let isOver = false;
		const watching = (async () => {
			while (!isOver) {
				peakMemory = (await readPeakMemory(running.child.pid)) ?? peakMemory;
				await sleep(200);
			}
		})();
		const { stdout, stderr } = await running.ended;
		isOver = true;
		await watching;
		const result = /^\{$.*?^\}$/ms.exec(stdout)?.[0];
		if (result === undefined) throw new Error(`n8n gave no result:\n${stdout}\n${stderr}`);
		const { data } = JSON.parse(result) as IRun;
		const { runData, error } = data.resultData;
		return {
			output: (node) => (runData[node]?.at(-1)?.data?.main?.[0] ?? []).map(({ json }) => json),
			timeOf: (node) => runData[node]?.at(-1)?.executionTime,
			error: error?.message,
			peakMemory,
		};
	}

	/** Begins a run, and kills the process without a word when told to. */
	async executeAndKill(id: string, when: () => Promise<void>): Promise<void> {
		const running = this.run(['execute', `--id=${id}`, '--rawOutput']);
		await when();
		running.child.kill('SIGKILL');
		await running.ended;
	}

	/** Starts n8n as a server, with its owner signed in. */
	async start(): Promise<N8nServer> {
		const [port, brokerPort] = [await freePort(), await freePort()];
		const { child, texts } = this.run(['start'], {
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_SECURE_COOKIE: 'false',
		});
		this.servers.push(child);
		const url = `http://127.0.0.1:${port}`;
		// It answers before it has put its webhooks in place; this it says when all is done.
		while (!texts.stdout.includes('Editor is now accessible')) {
			if (child.exitCode !== null) throw new Error(`n8n did not start:\n${texts.stderr}`);
			await sleep(100);
		}
		return await N8nServer.signIn(url);
	}

	/** Ends the servers. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		for (const server of this.servers.splice(0)) {
			if (server.exitCode !== null || server.signalCode !== null) continue;
			server.kill(signal);
			await once(server, 'exit');
		}
	}

	async close(): Promise<void> {
		await this.stop('SIGKILL');
		await rm(this.folder, { recursive: true, force: true });
	}

	/** As n8n itself installs a community package. */
	private async installPackage(): Promise<void> {
		const nodes = join(this.folder, '.n8n', 'nodes');
		await mkdir(nodes, { recursive: true });
		await writeFile(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }');
		const pack = ['pack', '--json', '--loglevel=error', '--pack-destination', this.folder];
		const { stdout } = await execute('npm', pack, { cwd: root });
		const [{ filename }] = Object.values(JSON.parse(stdout) as object) as [{ filename: string }];
		const without = ['--ignore-scripts', '--omit=dev', '--omit=peer', '--no-audit', '--no-fund'];
		const install = ['install', '--loglevel=error', ...without, join(this.folder, filename)];
		await execute('npm', install, { cwd: nodes });
	}

	private async write(content: unknown): Promise<string> {
		const file = join(this.folder, 'import.json');
		await writeFile(file, JSON.stringify(content));
		return file;
	}

	private async cli(...parameters: string[]): Promise<void> {
		const { stdout, stderr, code } = await this.run(parameters).ended;
		if (code !== 0)
			throw new Error(`n8n ${parameters[0]} ended with ${code}:\n${stdout}\n${stderr}`);
	}

	private run(parameters: string[], env: Record<string, string> = {}) {
		const { REAL_N8N_NODE: node, REAL_N8N: program } = process.env;
		if (!node || !program) throw new Error('There is no n8n here. Run it by: npm run test:n8n');
		const child = spawn(node, [program, ...parameters], {
			cwd: this.folder,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...this.environment(), ...env },
		});
		const texts = { stdout: '', stderr: '' };
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			if (texts.stdout.length < mostOutput) texts.stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
		const ended = once(child, 'close').then(([code]) => ({
			...texts,
			code: code as number | null,
		}));
		return { child, texts, ended };
	}

	private environment(): NodeJS.ProcessEnv {
		const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
		return {
			PATH,
			NODE_EXTRA_CA_CERTS,
			HOME: this.folder,
			N8N_USER_FOLDER: this.folder,
			N8N_ENCRYPTION_KEY: 'for the tests only',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			// The result of a run is printed by the log.
			N8N_LOG_LEVEL: 'info',
			HTTPS_PROXY: this.proxyUrl,
		};
	}
}

async function readPeakMemory(pid?: number): Promise<number | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
