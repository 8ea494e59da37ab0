import {
	addListItem,
	CrmSession,
	listItems,
	mayBeDone,
	queryArchive,
	SuperOfficeError,
	timedOut,
	unreachable,
	type CrmCall,
	type FilterCondition,
} from '../../../../superoffice';
import { apiPath } from '../../../../superoffice/crm/api-call';

const tenant = { contextIdentifier: 'Cust12345', host: 'online.superoffice.com' };

async function lost(error: unknown) {
	throw mayBeDone(error);
}

/** A tenant that has one archive and one list, and no other; what is added to it is lost. */
const answer: CrmCall = async ({ method, path }) => {
	if (path.endsWith('GetProviderNames') || path === '/v1/MDOList') return ['category'];
	if (method === 'POST' && path.endsWith('/Items')) throw timedOut('online.superoffice.com');
	throw new SuperOfficeError('CALL_FAILED', 'Not found.', '', { httpStatus: 404 });
};

async function query(provider: string, conditions: FilterCondition[] = [], columns: string[] = []) {
	const filters = { conditions, combine: 'and', text: '' } as const;
	const rows = queryArchive(new CrmSession(answer), { provider, columns, filters, orderBy: '' });
	await rows.next();
}

/** What goes wrong with what is no record, each with a message of its own. */
export const otherErrors: Array<[string, () => Promise<unknown>]> = [
	['a path with nothing in it', async () => apiPath(' ', [], tenant)],
	['a path of somebody else', async () => apiPath('https://evil.example/v1', [], tenant)],
	['a call that may have been done', async () => await lost(timedOut('online.superoffice.com'))],
	['an archive that the tenant does not have', async () => await query('categroy')],
	['an archive without columns', async () => await query('dynamic')],
	[
		'conditions for an archive without known columns',
		async () =>
			await query('dynamic', [{ column: 'a.b', operator: 'is', value: 'c' }], ['contact.name']),
	],
	[
		'a list that the tenant does not have',
		async () => await listItems(new CrmSession(answer), 'categroy'),
	],
	[
		'a list item that may be there',
		async () => await addListItem(new CrmSession(answer), 'Category', { name: 'A' }),
	],
	[
		'a call that may have been done before the connection broke',
		async () => await lost(unreachable('online.superoffice.com', { code: 'ECONNRESET' })),
	],
];
