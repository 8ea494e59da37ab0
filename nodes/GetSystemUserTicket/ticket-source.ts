import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { readApplication, readStoredTicket } from '../../credentials/application';
import { httpOf, surroundings } from '../../credentials/http';
import { tickets } from '../../credentials/tickets';
import {
	fingerprint,
	principalPath,
	type Application,
	type StoreAnswer,
	type SystemUserTicket,
} from '../../superoffice';

export interface Options {
	alwaysRequestNew?: boolean;
	includeClaims?: boolean;
	timeout?: number;
}

/** The ticket for an item, and how the item wants it told. */
export interface Served {
	answer: StoreAnswer;
	options: Options;
}

type Outcome = Served | { error: unknown };

/** One ticket to get, and the items that it is for. */
interface Errand {
	application: Application;
	/** What the credential keeps for this very application. */
	stored?: SystemUserTicket;
	/** Whether the credential, when n8n reads it for no item in particular, is this very application. */
	isCredentials: boolean;
	options: Options;
	items: Array<{ index: number; options: Options }>;
}

/** How many tickets are asked for at the same time. */
const mostAtOnce = 10;

/** Gets the tickets of one run of the node: one for each tenant, however many items ask for it. */
export class TicketSource {
	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * What became of each item, by its index. Unless the node goes on past failures, nothing new is begun after one, and
	 * later items may have no outcome. To all items after the first of a tenant its ticket is a reused one.
	 */
	async ticketsFor(itemCount: number): Promise<Array<Outcome | undefined>> {
		const outcomes: Array<Outcome | undefined> = Array.from({ length: itemCount });
		let hasFailed = false;
		const fail = (index: number, error: unknown) => {
			outcomes[index] = { error };
			hasFailed = true;
		};
		const errands = (await this.planErrands(itemCount, fail)).values();
		const isOver = () =>
			(hasFailed && !this.context.continueOnFail()) ||
			this.context.getExecutionCancelSignal()?.aborted === true;
		const run = async (errand: Errand) => {
			try {
				const answer = await this.request(errand);
				errand.items.forEach((item, place) => {
					const reused = answer.reused || place > 0;
					outcomes[item.index] = { answer: { ...answer, reused }, options: item.options };
				});
			} catch (error) {
				for (const { index } of errand.items) fail(index, error);
			}
		};
		const runSome = async () => {
			// All take from the same list, so each errand is run once.
			while (!isOver()) {
				const { value } = errands.next();
				if (value === undefined) break;
				await run(value);
			}
		};
		await Promise.all(Array.from({ length: mostAtOnce }, runSome));
		return outcomes;
	}

	private async planErrands(
		itemCount: number,
		fail: (index: number, error: unknown) => void,
	): Promise<Errand[]> {
		const errands = new Map<string, Errand>();
		let ofCredential: string | undefined;
		for (let index = 0; index < itemCount; index++) {
			try {
				const options = this.context.getNodeParameter('options', index, {}) as Options;
				// For each item anew: the fields of a credential may be expressions.
				const credentials = await this.context.getCredentials('superOfficeApi', index);
				const own = readApplication(credentials);
				const ownIdentity = fingerprint(own);
				ofCredential ??= ownIdentity;
				const defined = this.readDefinedTenant(index);
				const application = { ...own, ...defined };
				const identity = defined === undefined ? ownIdentity : fingerprint(application);
				const name = `${identity} ${options.alwaysRequestNew ?? false}`;
				const errand = errands.get(name) ?? {
					application,
					stored: identity === ownIdentity ? readStoredTicket(credentials) : undefined,
					isCredentials: identity === ofCredential,
					options,
					items: [],
				};
				errand.items.push({ index, options });
				errands.set(name, errand);
			} catch (error) {
				fail(index, error);
			}
		}
		return [...errands.values()];
	}

	private async request({
		application,
		stored,
		isCredentials,
		options,
	}: Errand): Promise<StoreAnswer> {
		const { alwaysRequestNew, timeout } = options;
		const answer = await tickets.liveTicket(application, httpOf(this.context), {
			...surroundings,
			timeout,
			alwaysRequestNew,
			known: stored,
		});
		if (isCredentials && !answer.reused) await this.letCredentialKeepIt(timeout);
		return answer;
	}

	/**
	 * Only n8n writes into a credential, and only when a request with it finds no ticket or a dead one. So one is
	 * made: the credential then takes the new ticket out of the store.
	 */
	private async letCredentialKeepIt(timeout?: number): Promise<void> {
		try {
			await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				'superOfficeApi',
				{
					url: principalPath,
					timeout,
				},
			);
		} catch {
			// The ticket is good all the same; whoever uses the credential next has it kept.
		}
	}

	/** What takes the place of the credential’s tenant, if anything does. */
	private readDefinedTenant(
		itemIndex: number,
	): Pick<Application, 'contextIdentifier' | 'systemUserToken'> | undefined {
		const tenant = this.context.getNodeParameter('tenant', itemIndex, 'credential');
		if (tenant === 'credential') return undefined;
		if (tenant !== 'define') {
			throw new NodeOperationError(this.context.getNode(), 'Tenant: there is no such choice.', {
				description: 'Choose From Credential, or Define Below.',
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
