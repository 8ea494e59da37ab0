import {
	archiveRows,
	createRecord,
	CrmSession,
	deleteRecord,
	fieldsOf,
	filterText,
	simplify,
	SuperOfficeError,
	updateRecord,
} from '../../../superoffice';
import { entities } from '../../../nodes/SuperOffice/resources/entities';
import { useRecordsApi } from '../support/records-api';

const api = useRecordsApi();
const { company } = entities;

/** A session that sends through nothing of n8n's. */
function openSession(): CrmSession {
	return new CrmSession(async ({ method = 'GET', path, query, body, headers }) => {
		const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
		const resource = `${path.replace('/v1/', '')}${search}`;
		const { status, data } = await api.call(method, resource, body, headers);
		if (status < 300) return data;
		throw new SuperOfficeError('CALL_FAILED', data.ErrorMessage, '', { httpStatus: status });
	});
}

test('records are made, changed, found and deleted in plain Node.js', async () => {
	const session = openSession();
	const values = { Name: 'Plain & Simple', Category: 'Prospect', Business: 'IT', Phones: '1, 2' };
	const created = await createRecord(session, company, { values });
	const id = created.ContactId as number;
	expect(simplify(await fieldsOf(session, company), created)).toMatchObject(values);

	const changed = { Category: 'Customer', StreetCity: 'Bergen' };
	await updateRecord(session, company, id, { values: changed });
	const filter = await filterText(session, 'SimpleContact', {
		conditions: [{ column: 'category', operator: 'oneOf', value: 'Customer' }],
		combine: 'and',
		text: "name is 'Plain & Simple'",
	});
	const rows = [];
	const columns = ['name', 'category'];
	const query = { provider: 'SimpleContact', primaryKey: 'contactId', columns, filter };
	for await (const row of archiveRows(session, query)) rows.push(row);
	expect(rows).toMatchObject([{ contactId: id, name: 'Plain & Simple', category: 'Customer' }]);

	await deleteRecord(session, company, id);
	await expect(deleteRecord(session, company, id)).rejects.toMatchObject({ httpStatus: 404 });
});
