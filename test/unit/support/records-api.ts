import type { AxiosResponse } from 'axios';
import type { Caller, SuperOfficeOnline, Tenant } from '../../superoffice-online';
import { useService } from './service';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Request = [method: Method, resource: string, body?: unknown, headers?: Record<string, string>];

/** Calls the API of a tenant that is new in every test. */
export interface RecordsApi {
	online: SuperOfficeOnline;
	tenant: Tenant;
	/** @param request method, what follows /api/v1/, body as JSON, headers */
	call(...request: Request): Promise<AxiosResponse>;
	/**
	 * The body of the answer.
	 * @throws Error if it is a refusal
	 */
	done(...request: Request): Promise<AxiosResponse['data']>;
	/** The answer as "400 ArgumentException: Name: is mandatory" */
	refusal(...request: Request): Promise<string>;
}

export function useRecordsApi(): RecordsApi {
	let caller: Caller;
	let ticket: string;
	const api = {
		call(method, resource, body, headers) {
			const options = { method, resource: `v1/${resource}`, body, headers };
			return caller.call(api.tenant.contextIdentifier, ticket, options);
		},
		async done(...request) {
			const { status, data } = await api.call(...request);
			if (status >= 300) throw new Error(`${status}: ${JSON.stringify(data)}`);
			return data;
		},
		async refusal(...request) {
			const { status, data } = await api.call(...request);
			return `${status} ${data.ErrorType}: ${data.Message ?? data.ErrorMessage}`;
		},
	} as RecordsApi;
	useService((started) => {
		({ caller } = started);
		api.online = started.online;
	});
	beforeEach(async () => {
		api.tenant = api.online.addTenant();
		ticket = await caller.newTicket(api.tenant.contextIdentifier);
	});
	return api;
}

/** A JSON Patch with one change. */
export const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];

/** The least of a new record, to be laid over its default. */
export const NEW_RECORDS: Record<string, object> = {
	Contact: { Name: 'Acme' },
	Person: { Firstname: 'Eva', Contact: { ContactId: 2 } },
	Project: { Name: 'Move' },
	Sale: { Heading: 'Ten seats', Contact: { ContactId: 2 }, Person: { PersonId: 1 } },
	Appointment: { Description: 'Call back' },
	Document: { Header: 'Offer', Name: 'offer.docx', DocumentTemplate: { DocumentTemplateId: 1 } },
	Ticket: { Title: 'It does not start', Category: { TicketCategoryId: 2 } },
	Selection: { Name: 'Invited', TargetTableName: 'contact' },
};
