import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Database, Memory, Order, Report } from './messages';

/** Longer than anything a run does, with all its retries. */
const longestAnswer = 120_000;

/** A running n8n, as a process of its own. */
export class N8n {
	private readonly exited: Promise<unknown>;

	private constructor(private readonly child: ChildProcess) {
		this.exited = once(child, 'exit');
	}

	/**
	 * @param proxyUrl the local service's
	 * @param now what the clock of n8n's machine shows, in milliseconds since 1970; like `now` of each run
	 */
	static async start(proxyUrl: string, database: Database, now: number): Promise<N8n> {
		const env: NodeJS.ProcessEnv = { ...process.env, HTTPS_PROXY: proxyUrl, https_proxy: proxyUrl };
		for (const name of ['NO_PROXY', 'no_proxy', 'N8N_SSRF_PROTECTION_ENABLED']) delete env[name];
		// Clocks are put back there on the day of the soak.
		env.TZ = 'Europe/Oslo';
		const child = fork(join(__dirname, 'n8n-process.ts'), {
			execArgv: ['--import', 'tsx', '--expose-gc'],
			env,
		});
		const n8n = new N8n(child);
		await n8n.ask({ kind: 'start', now, database });
		return n8n;
	}

	async run(now: number, items: number): Promise<Report> {
		return (await this.ask({ kind: 'run', now, items })) as Report;
	}

	async measure(): Promise<Memory> {
		return (await this.ask({ kind: 'measure' })) as Memory;
	}

	/** At once, as by a crash: only what is in the database is left. */
	async kill(): Promise<void> {
		this.child.kill('SIGKILL');
		await this.exited;
	}

	private async ask(order: Order): Promise<unknown> {
		const answered = once(this.child, 'message', { signal: AbortSignal.timeout(longestAnswer) });
		const ended = this.exited.then(() => {
			throw new Error('n8n’s process has ended');
		});
		this.child.send(order);
		const [{ answer, error }] = (await Promise.race([answered, ended])) as [
			{ answer?: unknown; error?: string },
		];
		if (error !== undefined) throw new Error(error);
		return answer;
	}
}
