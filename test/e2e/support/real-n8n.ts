import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import type { IDataObject, IRun } from 'n8n-workflow';

import { N8nProcess, readPeakMemory } from './n8n-process';
import { N8nServer } from './n8n-server';
import { freePort } from './ports';

const root = join(__dirname, '../../..');

/** A workflow as `import:workflow` takes it. */
export interface Workflow {
	id: string;
	name: string;
	nodes: unknown[];
	connections: unknown;
}

/** A workflow id derived from its name: 16 characters, as n8n remembers nothing between runs for longer ids. */
export function workflowIdOf(name: string): string {
	return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: IDataObject;
}

/** The outcome of a workflow run in one n8n process. */
export interface Execution {
	/** The items of a node's last run; none if it did not run. */
	output(node: string, outputIndex?: number): IDataObject[];
	/** Milliseconds that a node's last run took. */
	timeOf(node: string): number | undefined;
	/** Why the workflow failed. */
	error?: string;
	/** What to do about it, as the editor shows it below the error. */
	description?: string | null;
	/** Everything the process printed. */
	printed: string;
	/** The process's peak memory, in MB; undefined if the system does not report it. */
	peakMemory?: number;
}

/** A real n8n with the packed package installed, in a user folder of its own. */
export class RealN8n {
	private processes: N8nProcess[] = [];

	private constructor(
		/** n8n's user folder. */
		readonly folder: string,
		private readonly env: Record<string, string>,
	) {}

	/** @param proxyUrl the proxy that n8n uses; without it, n8n uses the proxy settings of this process */
	static async create(proxyUrl?: string): Promise<RealN8n> {
		const folder = await mkdtemp(join(tmpdir(), 'real-n8n-'));
		const n8n = new RealN8n(
			folder,
			proxyUrl === undefined ? ownProxy() : { HTTPS_PROXY: proxyUrl },
		);
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

	async importWorkflows(...workflows: Workflow[]): Promise<void> {
		const settings = { executionOrder: 'v1' };
		const all = workflows.map((workflow) => ({ ...workflow, active: false, settings }));
		await this.cli('import:workflow', `--input=${await this.write(all)}`);
	}

	/** Runs a workflow in a process of its own. */
	async execute(id: string): Promise<Execution> {
		const running = await this.run(['execute', `--id=${id}`, '--rawOutput']);
		let peakMemory: number | undefined;
		let isOver = false;
		const watching = (async () => {
			while (!isOver) {
				peakMemory = (await readPeakMemory(running.pid)) ?? peakMemory;
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
			output: (node, outputIndex = 0) =>
				(runData[node]?.at(-1)?.data?.main?.[outputIndex] ?? []).map(({ json }) => json),
			timeOf: (node) => runData[node]?.at(-1)?.executionTime,
			error: error?.message,
			description: error && 'description' in error ? error.description : undefined,
			printed: stdout + stderr,
			peakMemory,
		};
	}

	/** Starts a run, and kills the process as soon as `when` resolves. */
	async executeAndKill(id: string, when: () => Promise<void>): Promise<void> {
		const running = await this.run(['execute', `--id=${id}`, '--rawOutput']);
		await when();
		await running.end('SIGKILL');
	}

	/** Starts n8n as a server, with its owner signed in. */
	async start(options: { port?: number; env?: Record<string, string> } = {}): Promise<N8nServer> {
		const port = options.port ?? (await freePort());
		const running = await this.run(['start'], {
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_SECURE_COOKIE: 'false',
			...options.env,
		});
		this.processes.push(running);
		// It responds before its webhooks are registered, and prints this when it is ready.
		await running.says('Editor is now accessible');
		return await N8nServer.signIn(`http://127.0.0.1:${port}`);
	}

	/** Makes n8n use a database instead of its SQLite from now on. */
	useDatabase(env: Record<string, string>): void {
		Object.assign(this.env, env);
	}

	/**
	 * Starts n8n in queue mode: a server that runs nothing itself, and workers. They need a database that several
	 * processes can share.
	 *
	 * @param redisPort the queue's port on loopback
	 */
	async startWithWorkers(
		redisPort: number,
		workers: number,
		more: Record<string, string> = {},
	): Promise<N8nServer> {
		const env = {
			...more,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
		};
		const server = await this.start({ env });
		for (let worker = 0; worker < workers; worker++) {
			const running = await this.run(['worker'], env);
			this.processes.push(running);
			await running.says('n8n worker is now ready');
		}
		return server;
	}

	/** How many of the processes have run executions for a queue. */
	workersThatRan(): number {
		return this.processes.filter(({ printed }) => /Worker started execution/.test(printed)).length;
	}

	/** What the running processes have printed so far. */
	get printed(): string {
		return this.processes.map(({ printed }) => printed).join('');
	}

	/** Ends the servers and workers, the last one first. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		for (const running of this.processes.splice(0).reverse()) await running.end(signal);
	}

	/** Resolves once a process has ended by itself, with its output. */
	async ended(): Promise<string> {
		const { stdout, stderr } = await Promise.race(this.processes.map(({ ended }) => ended));
		return stdout + stderr;
	}

	async close(): Promise<void> {
		await this.stop('SIGKILL');
		await rm(this.folder, { recursive: true, force: true });
	}

	/** Runs the README's own install command, with the tarball in place of the package on npm. */
	private async installPackage(): Promise<void> {
		const pack = ['pack', '--json', '--loglevel=error', '--pack-destination', this.folder];
		const { stdout } = await promisify(execFile)('npm', pack, { cwd: root });
		const [{ filename }] = Object.values(JSON.parse(stdout) as object) as [{ filename: string }];
		const readme = await readFile(join(root, 'README.md'), 'utf8');
		const [, command] = /^```bash\n(npm install .*)\n```$/m.exec(readme)!;
		const withTarball = command!.replace('n8n-nodes-superoffice', join(this.folder, filename));
		// The package needs nothing from npm's registry. npm contacts it anyway, but must not wait for it.
		const quietly = {
			npm_config_audit: 'false',
			npm_config_fetch_retries: '0',
			npm_config_update_notifier: 'false',
		};
		const env = { ...process.env, ...quietly, HOME: this.folder };
		await promisify(execFile)('bash', ['-c', withTarball], { cwd: this.folder, env });
	}

	private async write(content: unknown): Promise<string> {
		const file = join(this.folder, 'import.json');
		await writeFile(file, JSON.stringify(content));
		return file;
	}

	private async cli(...parameters: string[]): Promise<void> {
		const { stdout, stderr, code } = await (await this.run(parameters)).ended;
		if (code !== 0)
			throw new Error(`n8n ${parameters[0]} ended with ${code}:\n${stdout}\n${stderr}`);
	}

	private async run(parameters: string[], env: Record<string, string> = {}): Promise<N8nProcess> {
		// Every process of n8n wants the same port for its task runners.
		const N8N_RUNNERS_BROKER_PORT = String(await freePort());
		return new N8nProcess(parameters, this.folder, {
			N8N_RUNNERS_BROKER_PORT,
			...this.env,
			...env,
		});
	}
}

/** The proxy settings of this process. */
function ownProxy(): Record<string, string> {
	const isProxy = (name: string) => /^(https?|all|no)_proxy$/i.test(name);
	return Object.fromEntries(
		Object.entries(process.env).flatMap(([name, value = '']) =>
			isProxy(name) ? [[name, value]] : [],
		),
	);
}
