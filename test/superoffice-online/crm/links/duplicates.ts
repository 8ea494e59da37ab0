import { json, type Call, type Reply } from '../../messages';
import { illegal } from '../errors';
import type { StoredRecord } from '../store';
import type { Tenant } from '../tenants';

/** Answers `v1/Contact/Duplicates/{name}`. Undefined for any other resource. */
export function answerDuplicates(
	{ method, query }: Call,
	{ data }: Tenant,
	resource: string,
): (() => Reply) | undefined {
	const [, name] = /^v1\/contact\/duplicates\/(.+)$/.exec(resource) ?? [];
	if (name === undefined || method !== 'GET') return undefined;
	return () => {
		const unknown = [...query.keys()].find((option) => option !== 'department');
		if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
		const department = query.get('department')?.toLowerCase();
		const isSame = ({ values }: StoredRecord) =>
			String(values.Name).toLowerCase() === name &&
			(department === undefined || String(values.Department ?? '').toLowerCase() === department);
		const foreign = data.foreignCompanies.filter((one) => one.toLowerCase() === name);
		return json(200, [
			...data
				.all('Contact')
				.filter(isSame)
				.map(({ id, values }) => entry(id, String(values.Name), String(values.OrgNr ?? ''))),
			...foreign.map((one) => entry(0, one, 'ERP-1')),
		]);
	};
}

function entry(SoPrimaryKey: number, EntryName: string, EntryIdentifier: string) {
	return {
		RuleName: 'ContactNameDepartment',
		SoPrimaryKey,
		EntryName,
		EntryIdentifier,
		RuleDisplayName: 'Name and department',
	};
}
