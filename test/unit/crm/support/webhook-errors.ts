import { eventsOf, wantedWebhook } from '../../../../nodes/SuperOfficeTrigger/own-webhook';
import { CrmSession, keepWebhook, requireSuccess, type CrmCall } from '../../../../superoffice';

const wanted = {
	url: 'https://n8n.example.com/webhook/1/webhook',
	name: 'n8n: Won sales (n8n.example.com)',
	events: ['sale.sold'],
	secret: 'secret',
	mark: 'mark',
};

/** A tenant that has no webhooks, and answers what would save one with a status. */
async function save(status: number): Promise<unknown> {
	const answer: CrmCall = async ({ method = 'GET', path }) => {
		if (method === 'GET' && status !== 403) return await Promise.resolve([]);
		const body = { Message: 'The target did not answer.' };
		return requireSuccess({ status, body }, path, []);
	};
	return await keepWebhook(new CrmSession(answer), wanted);
}

type Form = Parameters<typeof eventsOf>[0];

/** What was filled in for events. */
function chosen(parameters: Record<string, unknown>): string[] {
	const getNodeParameter = (name: string, otherwise: unknown) => parameters[name] ?? otherwise;
	return eventsOf({ getNodeParameter } as unknown as Form);
}

/** What goes wrong with webhooks, each with a message of its own. */
export const webhookErrors: Array<[string, () => Promise<unknown>]> = [
	['a webhook that SuperOffice does not accept', async () => await save(400)],
	['an application that may have no webhooks', async () => await save(403)],
	[
		'an n8n that is not reached by https',
		async () => {
			const url = 'http://localhost:5678/webhook/1/webhook';
			return wantedWebhook({} as unknown as Form, {}, { url, isTest: false }, []);
		},
	],
	['no event', async () => chosen({ events: [], customEvents: ' , ' })],
	['an event that cannot be', async () => chosen({ customEvents: 'y_rental.created, rental' })],
];
