import type { World } from '../control/world';
import { json, type Call, type Reply } from '../messages';
import { answerArchive, type ArchiveRow } from './archive';
import { ApiError, answerOrRefuse } from './errors';
import type { StoredRecord } from './store';
import type { Tenant } from './tenants';

/** Answers lists of entities. Undefined for any other path. */
export function answerArchives(
	_world: World,
	call: Call,
	tenant: Tenant,
	resource: string,
): Reply | undefined {
	if (call.method !== 'GET') return undefined;
	if (resource === 'v1/contact' && call.query.size > 0) {
		const answer = answerArchive('contact', contactRowsOf(tenant), call);
		if (typeof answer !== 'string') return answer;
		return answerOrRefuse(() => {
			throw new ApiError(400, 'SoArgumentException', answer);
		});
	}
	if (resource === 'v1/contact') return json(200, { value: contactsOf(tenant) });
	return resource === 'v1/person' ? json(200, { value: personsOf(tenant) }) : undefined;
}

function contactsOf(tenant: Tenant) {
	return tenant.data.all('Contact').map((record) => contactOf(tenant, record));
}

function contactOf({ data }: Tenant, { id, values, updatedAt }: StoredRecord) {
	const country = Number(values.Country ?? 0);
	return {
		ContactId: id,
		Name: String(values.Name),
		Department: String(values.Department ?? ''),
		OrgNr: String(values.OrgNr ?? ''),
		Number1: String(values.Number1 ?? ''),
		Country: { CountryId: country, Name: data.listItem('country', country)?.name ?? '' },
		// UTC, without saying so.
		UpdatedDate: updatedAt.toISOString().slice(0, 19),
	};
}

/** The companies as the archive "SimpleContact" lists them, each with all columns that can be selected. */
function contactRowsOf(tenant: Tenant): ArchiveRow[] {
	return contactsOf(tenant).map((contact) => ({
		primaryKey: String(contact.ContactId),
		columns: {
			contactId: contact.ContactId,
			name: contact.Name,
			department: contact.Department,
			nameDepartment: contact.Name,
			number: contact.Number1,
			orgnr: contact.OrgNr,
			country: contact.Country.Name,
			updatedDate: contact.UpdatedDate,
		},
	}));
}

function personsOf({ data }: Tenant) {
	return data.all('Person').map(({ id, values }) => {
		const contact = data.find('Contact', Number(values.Contact));
		return {
			PersonId: id,
			Firstname: values.Firstname,
			Lastname: values.Lastname,
			FullName: `${String(values.Firstname)} ${String(values.Lastname)}`,
			Contact: { ContactId: contact?.id, Name: contact?.values.Name },
			Emails: values.Emails,
		};
	});
}
