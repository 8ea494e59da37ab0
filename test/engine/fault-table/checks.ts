import { misbehave } from './answers';
import type { FaultCase } from './types';

const kept = { withTicket: true, tries: 0, records: 0 } as const;
const page = '<html>Please sign in to the network</html>';
const json = 'application/json';

/** The tenant has a ticket, and whether it is alive cannot be told: it is neither handed on nor given up. */
export const checks: FaultCase[] = [
	{
		name: 'a proxy’s web page, with status 200',
		when: misbehave({ at: 'api', kind: 'body', body: page }),
		...kept,
		then: 'UNEXPECTED_ANSWER',
		says: 'The tenant’s web API answered with a web page (status 200) instead of who the ticket belongs to.',
		cure: /proxy/,
	},
	{
		name: 'JSON that says nothing about a user',
		when: misbehave({ at: 'api', kind: 'body', body: '{"ok":true}', contentType: json }),
		...kept,
		then: 'UNEXPECTED_ANSWER',
		says: 'The tenant’s web API answered with unknown or truncated JSON (status 200) instead of who the ticket belongs to.',
		cure: /proxy/,
	},
	{
		name: 'an answer for another tenant',
		when: misbehave({
			at: 'api',
			kind: 'body',
			body: '{"AssociateId":2,"DatabaseContextIdentifier":"Cust30001"}',
			contentType: json,
		}),
		...kept,
		then: 'UNEXPECTED_ANSWER',
		says: 'The tenant’s web API answered for another tenant than TENANT when asked whether the ticket is alive.',
		cure: /proxy/,
	},
	{
		name: 'a web API that says no, whoever asks',
		when: misbehave({ at: 'api', kind: 'status', status: 403 }),
		...kept,
		then: 'UNEXPECTED_ANSWER',
		says: 'The tenant’s web API answered with status 403 when asked whether the ticket is alive.',
		cure: /application may use its web API/,
	},
	{
		name: 'a tenant that has moved, and nobody tells where to',
		when: ({ online, tenant }) => {
			online.moveTenant(tenant, 'online3.superoffice.com');
			online.misbehave({ at: 'state', kind: 'status', status: 503 });
		},
		...kept,
		then: 'UNAVAILABLE',
		says: 'SuperOffice does not say where the tenant TENANT is at the moment.',
		cure: /Nothing is wrong with the credential/,
	},
	{
		name: 'a tenant that answers 421 wherever SuperOffice says it is',
		when: misbehave({ at: 'api', kind: 'status', status: 421 }),
		...kept,
		then: 'TENANT_NOT_RUNNING',
		says: 'The tenant TENANT is not where SuperOffice says it is. It is probably being moved.',
		cure: /few minutes/,
	},
	{
		name: 'a principal without its tenant',
		when: misbehave({ at: 'api', kind: 'body', body: '{"AssociateId":2}', contentType: json }),
		...kept,
		then: 'ticket',
	},
	{
		name: 'a dead ticket',
		when: ({ online }) => online.expireAllTickets(),
		withTicket: true,
		then: 'ticket',
		tries: 1,
		records: 1,
	},
];
