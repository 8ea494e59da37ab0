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

/** Gets the tickets of one run of the node: one for each tenant, however many items ask for it. */
export class TicketSource {
	private readonly answers = new Map<string, Promise<StoreAnswer>>();

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
	 * The ticket for an item. To all items after the first of a tenant it is a reused one.
	 *
	 * @throws SuperOfficeError
	 */
	async ticketFor(itemIndex: number, options: Options): Promise<StoreAnswer> {
		const usesCredential = this.readTenant(itemIndex) === 'credential';
		const application = usesCredential
			? this.credentialApplication
			: { ...this.credentialApplication, ...this.readDefinedTenant(itemIndex) };
		const identity = fingerprint(application);
		const known = this.answers.get(identity);
		if (known !== undefined) return { ...(await known), reused: true };
		const answer = this.request(application, usesCredential, options);
		this.answers.set(identity, answer);
		return await answer;
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
