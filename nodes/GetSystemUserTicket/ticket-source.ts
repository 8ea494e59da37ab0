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
	/** Whether its tenant is the credential’s, which then keeps the ticket. */
	usesCredential: boolean;
	options: Options;
	items: Array<{ index: number; options: Options }>;
}

/** How many tickets are asked for at the same time. */
const mostAtOnce = 10;

/** Gets the tickets of one run of the node: one for each tenant, however many items ask for it. */
export class TicketSource {
	private constructor(
		private readonly context: IExecuteFunctions,
		private readonly credentialApplication: Application,
		private readonly storedTicket?: SystemUserTicket,
	) {}

	static async create(context: IExecuteFunctions): Promise<TicketSource> {
		const credentials = await context.getCredentials('superOfficeApi');
		return new TicketSource(context, readApplication(credentials), readStoredTicket(credentials));
	}

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
		const errands = this.planErrands(itemCount, fail).values();
		const isOver = () =>
			(hasFailed && !this.context.continueOnFail()) ||
			this.context.getExecutionCancelSignal()?.aborted === true;
		const run = async ({ application, usesCredential, options, items }: Errand) => {
			try {
				const answer = await this.request(application, usesCredential, options);
				items.forEach((item, place) => {
					const reused = answer.reused || place > 0;
					outcomes[item.index] = { answer: { ...answer, reused }, options: item.options };
				});
			} catch (error) {
				for (const { index } of items) fail(index, error);
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

	private planErrands(itemCount: number, fail: (index: number, error: unknown) => void): Errand[] {
		const errands = new Map<string, Errand>();
		const ofCredential = fingerprint(this.credentialApplication);
		for (let index = 0; index < itemCount; index++) {
			try {
				const options = this.context.getNodeParameter('options', index, {}) as Options;
				const application = this.applicationOf(index);
				const identity = fingerprint(application);
				const usesCredential = identity === ofCredential;
				const name = `${identity} ${options.alwaysRequestNew ?? false}`;
				const errand = errands.get(name) ?? { application, usesCredential, options, items: [] };
				errand.items.push({ index, options });
				errands.set(name, errand);
			} catch (error) {
				fail(index, error);
			}
		}
		return [...errands.values()];
	}

	private async request(
		application: Application,
		usesCredential: boolean,
		{ alwaysRequestNew, timeout }: Options,
	): Promise<StoreAnswer> {
		const answer = await tickets.liveTicket(application, httpOf(this.context), {
			...surroundings,
			timeout,
			alwaysRequestNew,
			known: usesCredential ? this.storedTicket : undefined,
		});
		if (usesCredential && !answer.reused) await this.letCredentialKeepIt(timeout);
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

	private applicationOf(itemIndex: number): Application {
		if (this.readTenant(itemIndex) === 'credential') return this.credentialApplication;
		return { ...this.credentialApplication, ...this.readDefinedTenant(itemIndex) };
	}

	private readTenant(itemIndex: number): string {
		const tenant = this.context.getNodeParameter('tenant', itemIndex, 'credential');
		if (tenant === 'credential' || tenant === 'define') return tenant;
		throw new NodeOperationError(this.context.getNode(), 'Tenant: there is no such choice.', {
			description: 'Choose From Credential, or Define Below.',
			itemIndex,
		});
	}

	private readDefinedTenant(
		itemIndex: number,
	): Pick<Application, 'contextIdentifier' | 'systemUserToken'> {
		const read = (name: string) => String(this.context.getNodeParameter(name, itemIndex, '') ?? '');
		return {
			contextIdentifier: read('contextIdentifier'),
			systemUserToken: read('systemUserToken'),
		};
	}
}
