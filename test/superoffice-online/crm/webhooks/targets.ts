import { Agent, request } from 'node:http';

/** How a target answered a call: its status, or the system code of why there was no answer. */
export type Outcome = { status: number; text: string } | { code: string };

/**
 * Where webhooks call: hosts that a test has led to a port on loopback. That stands for the internet, with the TLS of
 * whatever is in front of n8n; all other hosts are unknown.
 */
export class Targets {
	/** Milliseconds until SuperOffice gives up on an answer; how long it waits is not documented. */
	timeout = 10_000;

	private readonly ports = new Map<string, number>();

	private readonly agent = new Agent({ keepAlive: true });

	private readonly closing = new AbortController();

	/** Leads a host, like hooks.example.com, to a port; without one it is unknown again. */
	route(host: string, port: number | undefined): void {
		if (port === undefined) this.ports.delete(host.toLowerCase());
		else this.ports.set(host.toLowerCase(), port);
	}

	async post(url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
		const { host, pathname, search } = new URL(url);
		const port = this.ports.get(host);
		if (port === undefined) return { code: 'ENOTFOUND' };
		const late = AbortSignal.timeout(this.timeout);
		const signal = AbortSignal.any([late, this.closing.signal]);
		const all = { ...headers, Host: host };
		try {
			return await this.send(port, `${pathname}${search}`, all, body, signal);
		} catch (error) {
			if (late.aborted) return { code: 'ETIMEDOUT' };
			return { code: (error as NodeJS.ErrnoException).code ?? 'ERROR' };
		}
	}

	/** Ends all calls, and makes no more. */
	close(): void {
		this.closing.abort();
		this.agent.destroy();
	}

	private async send(
		port: number,
		path: string,
		headers: Record<string, string>,
		body: string,
		signal: AbortSignal,
	): Promise<Outcome> {
		const bytes = Buffer.from(body, 'utf8');
		return await new Promise((resolve, reject) => {
			const call = request({
				host: '127.0.0.1',
				port,
				path,
				method: 'POST',
				agent: this.agent,
				headers: { ...headers, 'Content-Length': bytes.length },
				signal,
			});
			call.on('error', reject);
			call.on('response', (response) => {
				const chunks: Buffer[] = [];
				response.on('error', reject);
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => {
					const text = Buffer.concat(chunks).toString('utf8').slice(0, 200);
					resolve({ status: response.statusCode!, text });
				});
			});
			call.end(bytes);
		});
	}
}
