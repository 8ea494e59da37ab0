import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes; a longer text does not fit into a string. */
const mostOutput = 500 * 1024 * 1024;
/** How long a process may take to exit after a signal, in milliseconds. */
const timeToEnd = 20_000;

export interface Ended {
	stdout: string;
	stderr: string;
	code: number | null;
}

/** One process of n8n, and what it prints. */
export class N8nProcess {
	readonly ended: Promise<Ended>;

	private readonly child: ChildProcess;

	private readonly stdoutFile: string;

	private stderr = '';

	/** @param folder n8n's user folder */
	constructor(parameters: string[], folder: string, env: Record<string, string>) {
		const { REAL_N8N_NODE: node, REAL_N8N: program } = process.env;
		if (!node || !program) throw new Error('There is no n8n here. Use: npm run test:n8n');
		// From a pipe that is read too slowly, the end would be missing: n8n exits without waiting for it.
		this.stdoutFile = join(folder, `stdout-${randomUUID()}`);
		const stdout = openSync(this.stdoutFile, 'w');
		const child = spawn(node, [program, ...parameters], {
			cwd: folder,
			stdio: ['ignore', stdout, 'pipe'],
			env: { ...environment(folder), ...env },
		});
		closeSync(stdout);
		child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
		this.child = child;
		this.ended = once(child, 'close').then(([code]) => ({
			stdout: this.stdout,
			stderr: this.stderr,
			code: code as number | null,
		}));
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	/** What it has printed so far. */
	get printed(): string {
		return this.stdout + this.stderr;
	}

	/** Waits until it has printed a text. */
	async says(text: string): Promise<void> {
		while (!this.stdout.includes(text)) {
			if (this.isOver()) throw new Error(`n8n ended:\n${this.printed}`);
			await sleep(100);
		}
	}

	/** Ends it with a signal, and kills it if it takes too long. */
	async end(signal: NodeJS.Signals): Promise<void> {
		if (this.isOver()) return;
		const timer = setTimeout(() => this.child.kill('SIGKILL'), timeToEnd);
		this.child.kill(signal);
		await this.ended;
		clearTimeout(timer);
	}

	private get stdout(): string {
		return readFileSync(this.stdoutFile).toString('utf8', 0, mostOutput);
	}

	private isOver(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}
}

function environment(folder: string): NodeJS.ProcessEnv {
	const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
	return {
		PATH,
		NODE_EXTRA_CA_CERTS,
		HOME: folder,
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'for the tests only',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		// The log prints the result of a run.
		N8N_LOG_LEVEL: 'info',
	};
}

/** A process's peak memory, in MB; undefined if the system does not report it. */
export async function readPeakMemory(pid?: number): Promise<number | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
