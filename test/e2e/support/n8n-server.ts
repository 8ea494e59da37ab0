import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject, INode } from 'n8n-workflow';

import type { Credential } from './real-n8n';

/** The owner account of every n8n here. */
export const owner = {
	email: 'owner@example.com',
	firstName: 'Olga',
	lastName: 'Owner',
	password: 'For-the-tests-0nly',
};

/** In milliseconds; executions here take a few seconds. */
const answerTimeout = 60_000;

/** A running n8n server, and its owner's session. */
export class N8nServer {
	private cookie = '';

	private constructor(readonly url: string) {}

	static async signIn(url: string): Promise<N8nServer> {
		const server = new N8nServer(url);
		const isNew = await server.tryCall('POST', '/rest/owner/setup', owner);
		if (!isNew.ok) {
			const { email: emailOrLdapLoginId, password } = owner;
			await server.call('POST', '/rest/login', { emailOrLdapLoginId, password });
		}
		return server;
	}

	/** Activates a workflow, and waits until its webhooks respond. */
	async publish(id: string): Promise<void> {
		const { versionId } = await this.call('GET', `/rest/workflows/${id}`);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		// n8n registers them a moment later. A request with another method does not run the workflow.
		const isThere = async () => {
			const { body } = await this.tryCall('PUT', `/webhook/${id}`);
			return String(body.message).includes('Did you mean to make a GET request?');
		};
		while (!(await isThere())) await sleep(100);
	}

	/** Saves a workflow's nodes, and publishes them. */
	async edit(id: string, nodes: INode[]): Promise<void> {
		const path = `/rest/workflows/${id}`;
		const { versionId } = await this.call('PATCH', path, { nodes });
		await this.call('POST', `${path}/activate`, { versionId });
	}

	/** Activates a workflow; its triggers may still be on their way. */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.call('GET', `/rest/workflows/${id}`);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async unpublish(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`);
	}

	/** How many executions a workflow has, by their status. */
	async executions(workflowId: string): Promise<Record<string, number>> {
		const counts: Record<string, number> = {};
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		for (let from: string | undefined = ''; from !== undefined; ) {
			const page = await this.call('GET', `/rest/executions?filter=${filter}&limit=100${from}`);
			const results = page.results as Array<{ id: string; status: string }>;
			for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
			const { nextCursor } = page;
			// n8n 1 has the id of the last one instead.
			const last = results.length === 100 ? `&lastId=${results.at(-1)!.id}` : undefined;
			if (!('nextCursor' in page)) from = last;
			else from = nextCursor ? `&cursor=${encodeURIComponent(String(nextCursor))}` : undefined;
		}
		return counts;
	}

	/** Tests a credential as the form does, with the values that are entered. */
	async testCredential(credential: Credential): Promise<{ status: string; message: string }> {
		const answer = await this.call('POST', '/rest/credentials/test', { credentials: credential });
		return answer as { status: string; message: string };
	}

	/** Tests a saved credential as the form does when it is opened: with its secrets redacted, except for the changes. */
	async testSavedCredential(
		id: string,
		changes: IDataObject = {},
	): Promise<{ status: string; message: string }> {
		const { name, type, data } = await this.call('GET', `/rest/credentials/${id}?includeData=true`);
		return await this.testCredential({
			id,
			name: String(name),
			type: String(type),
			data: { ...(data as IDataObject), ...changes },
		});
	}

	/** Calls the webhook of a published workflow. */
	async callWebhook(id: string): Promise<{ status: number; body: IDataObject }> {
		const signal = AbortSignal.timeout(answerTimeout);
		try {
			return await this.tryCall('GET', `/webhook/${id}`, undefined, signal);
		} catch (error) {
			if (!signal.aborted) throw error;
			// With workers, n8n now and then does not answer, although the execution is over and has succeeded.
			return await this.tryCall('GET', `/webhook/${id}`);
		}
	}

	/** Edits a credential as the form does: with the values n8n shows, secrets redacted, except for the changes. */
	async editCredential(id: string, changes: IDataObject): Promise<void> {
		const path = `/rest/credentials/${id}`;
		const { name, type, data } = await this.call('GET', `${path}?includeData=true`);
		await this.call('PATCH', path, { name, type, data: { ...(data as IDataObject), ...changes } });
	}

	async call(method: string, path: string, content?: unknown): Promise<IDataObject> {
		const { ok, status, body } = await this.tryCall(method, path, content);
		if (!ok) throw new Error(`${method} ${path}: ${status} ${String(body.message)}`);
		return body.data as IDataObject;
	}

	private async tryCall(method: string, path: string, content?: unknown, signal?: AbortSignal) {
		const response = await fetch(this.url + path, {
			method,
			headers: { 'Content-Type': 'application/json', Cookie: this.cookie },
			body: content === undefined ? undefined : JSON.stringify(content),
			signal,
		});
		const cookie = /n8n-auth=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0];
		if (cookie !== undefined) this.cookie = cookie;
		const text = await response.text();
		const body = (text.startsWith('{') ? JSON.parse(text) : { message: text }) as IDataObject;
		return { ok: response.ok, status: response.status, body };
	}
}
