import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { ticketStore } from '../../n8n/auth-state';
import { persistInCredential } from '../../n8n/credential-test';
import { clientOptions, httpFor } from '../../n8n/http';
import { readStoredTicket } from '../../n8n/stored-ticket';
import { readForm, systemUserCredential } from '../../n8n/system-user-form';
import {
	cacheKey,
	Deadline,
	type StoreAnswer,
	type SystemUserCredentials,
	type SystemUserTicket,
} from '../../superoffice';

export interface Options {
	alwaysRequestNew?: boolean;
	includeClaims?: boolean;
	timeout?: number;
}

/** The ticket for an item, and the item's options. */
export interface ItemTicket {
	answer: StoreAnswer;
	options: Options;
}

type Outcome = ItemTicket | { error: unknown };

/** One ticket to get, and the items that it is for. */
interface TicketRequest {
	credentials: SystemUserCredentials;
	cacheKey: string;
	/** What the credential has stored for these very values. */
	stored?: SystemUserTicket;
	options: Options;
	items: Array<{ index: number; options: Options }>;
}

/** How many tickets are asked for at the same time. */
const maxConcurrent = 20;

/** Gets the tickets of one run of the node: one for each tenant, however many items ask for it. */
export class TicketSource {
	/** The cache key of the credential's own values as n8n reads them for the first item, which is what it stores for. */
	private credentialKey?: string;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * What became of each item, by its index. Unless the node goes on after errors, nothing new is begun after one, and
	 * later items may have no outcome. For every item of a tenant after the first, the ticket counts as reused.
	 */
	async getTickets(itemCount: number): Promise<Array<Outcome | undefined>> {
		const outcomes: Array<Outcome | undefined> = Array.from({ length: itemCount });
		let hasFailed = false;
		const fail = (index: number, error: unknown) => {
			outcomes[index] = { error };
			hasFailed = true;
		};
		const requests = (await this.planRequests(itemCount, fail)).values();
		const isOver = () =>
			(hasFailed && !this.context.continueOnFail()) ||
			this.context.getExecutionCancelSignal()?.aborted === true;
		const run = async (request: TicketRequest) => {
			try {
				const answer = await this.getTicket(request);
				request.items.forEach((item, place) => {
					const reused = answer.reused || place > 0;
					outcomes[item.index] = { answer: { ...answer, reused }, options: item.options };
				});
			} catch (error) {
				for (const { index } of request.items) fail(index, error);
			}
		};
		const runSome = async () => {
			// All take from the same list, so each request is run once.
			while (!isOver()) {
				const { value } = requests.next();
				if (value === undefined) break;
				await run(value);
			}
		};
		await Promise.all(Array.from({ length: maxConcurrent }, runSome));
		return outcomes;
	}

	private async planRequests(
		itemCount: number,
		fail: (index: number, error: unknown) => void,
	): Promise<TicketRequest[]> {
		const requests = new Map<string, TicketRequest>();
		for (let index = 0; index < itemCount; index++) {
			try {
				const request = await this.planRequest(index);
				const id = `${request.cacheKey} ${request.options.alwaysRequestNew ?? false}`;
				const planned = requests.get(id) ?? request;
				planned.items.push({ index, options: request.options });
				requests.set(id, planned);
			} catch (error) {
				fail(index, error);
			}
		}
		return [...requests.values()];
	}

	private async planRequest(index: number): Promise<TicketRequest> {
		const options = this.context.getNodeParameter('options', index, {}) as Options;
		// For each item anew: the fields of a credential may be expressions.
		const values = await this.context.getCredentials(systemUserCredential, index);
		const form = readForm(values);
		const defined = this.readDefinedTenant(index);
		const credentials = { ...form, ...defined };
		const key = cacheKey(credentials);
		this.credentialKey ??= defined === undefined ? key : cacheKey(form);
		const stored = readStoredTicket(values, key);
		return { credentials, cacheKey: key, stored, options, items: [] };
	}

	private async getTicket(request: TicketRequest): Promise<StoreAnswer> {
		const { credentials, cacheKey: key, stored, options } = request;
		const { alwaysRequestNew, timeout } = options;
		const deadline = new Deadline(timeout === undefined ? undefined : Number(timeout));
		const answer = await ticketStore.getTicket(credentials, httpFor(this.context), {
			...clientOptions,
			timeout: deadline,
			cacheKey: key,
			known: stored,
			alwaysRequestNew,
		});
		if (key === this.credentialKey && !answer.reused) {
			await persistInCredential(this.context, deadline);
		}
		return answer;
	}

	/** What takes the place of the credential's tenant, if anything does. */
	private readDefinedTenant(
		itemIndex: number,
	): Pick<SystemUserCredentials, 'contextIdentifier' | 'systemUserToken'> | undefined {
		const tenant = this.context.getNodeParameter('tenant', itemIndex, 'credential');
		if (tenant === 'credential') return undefined;
		if (tenant !== 'define') {
			throw new NodeOperationError(this.context.getNode(), 'Tenant is not one of its choices.', {
				description: 'Choose From Credential or Define Below.',
				itemIndex,
			});
		}
		const read = (name: string) => String(this.context.getNodeParameter(name, itemIndex, '') ?? '');
		return {
			contextIdentifier: read('contextIdentifier'),
			systemUserToken: read('systemUserToken'),
		};
	}
}
