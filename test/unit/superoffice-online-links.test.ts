import { useRecordsApi } from './support/records-api';

const api = useRecordsApi();
const { call, done, refusal } = api;

const selection = (values: object = {}) =>
	api.tenant.data.insert('Selection', {
		values: {
			Name: 'Invited',
			SelectionType: 'Static',
			TargetTableName: 'contact',
			TargetTableNumber: 5,
			...values,
		},
	}).id;
const sale = (SaleType = 1) =>
	api.tenant.data.insert('Sale', { values: { Heading: 'Boats', Contact: 2, SaleType } }).id;
const project = () => api.tenant.data.insert('Project', { values: { Name: 'Move' } }).id;

describe('the members of a selection', () => {
	const archive = (id: number, more = '') =>
		`Archive/ContactPersonSelectionV2?$filter=selectionId equals ${id}&$select=contactId,personId,name,fullName${more}`;

	it('are companies and persons, each once, and the archive shows which', async () => {
		const id = selection();
		const both = [
			{ ContactId: 3, PersonId: 0 },
			{ ContactId: 0, PersonId: 1 },
		];
		for (let times = 0; times < 2; times++) {
			const added = await call('POST', `Selection/${id}/Members/AddPerson`, both);
			expect([added.status, added.data]).toEqual([204, '']);
		}
		const { value } = await done('GET', `${archive(id)}&$orderBy=contactId,personId`);
		expect(value).toEqual([
			expect.objectContaining({
				...{ EntityName: 'staticPerson', contactId: 2, personId: 1, fullName: 'Ingrid Berg' },
			}),
			expect.objectContaining({ EntityName: 'staticContact', contactId: 3, personId: 0 }),
		]);
		expect((await done('GET', `Selection/${id}`)).MemberCount).toBe(2);
		await done('POST', `Selection/${id}/Members/RemovePerson`, both.slice(0, 1));
		expect((await done('GET', `Selection/${id}/Members?$select=personId`)).value).toEqual([
			expect.objectContaining({ personId: 1 }),
		]);
	});

	it('are refused together where one of them is unknown or is no member', async () => {
		const id = selection();
		const add = `Selection/${id}/Members/AddPerson`;
		const one = { ContactId: 3, PersonId: 0 };
		expect(await refusal('POST', add, [one, { ContactId: 0, PersonId: 99 }])).toContain(
			'404 SoNotFoundException: Person id 99 not found',
		);
		expect(await refusal('POST', add, [{ ContactId: 3, PersonId: 1 }])).toContain('400');
		expect(await refusal('POST', add, [])).toContain('400');
		expect(await refusal('POST', add, Array(1001).fill(one))).toContain('400');
		expect(await refusal('POST', `Selection/${id}/Members/Add`, [3])).toContain('400');
		expect(await refusal('POST', 'Selection/99/Members/AddPerson', [one])).toContain('404');
		const dynamic = selection({ SelectionType: 'Dynamic' });
		expect(await refusal('POST', `Selection/${dynamic}/Members/AddPerson`, [one])).toContain('400');
		expect((await done('GET', archive(id))).value).toEqual([]);
	});

	it('are projects in a selection of projects', async () => {
		const [one, other] = [project(), project()];
		const id = selection({ TargetTableName: 'project', TargetTableNumber: 11 });
		expect(await done('POST', `Selection/${id}/Members/Add`, [one, other])).toBe(2);
		expect(await done('POST', `Selection/${id}/Members/Add`, [one])).toBe(0);
		await done('POST', `Selection/${id}/Members/Remove`, [one]);
		expect((await done('GET', `Selection/${id}/Members?$select=projectId,name`)).value).toEqual([
			expect.objectContaining({ projectId: other, name: 'Move' }),
		]);
		expect(await refusal('GET', `Selection/${id}/Members?$top=1`)).toContain('$top');
		expect(await refusal('POST', `Selection/${id}/Members/AddPerson`, [{ PersonId: 1 }])).toContain(
			'400',
		);
	});

	it('cannot be listed without a selection, or page by page by the key of the member', async () => {
		const provider = 'Archive/ContactPersonSelectionV2';
		expect(await refusal('GET', provider)).toContain('selectionId');
		expect(await refusal('GET', `${archive(1)}&$orderBy=selectionMemberId`)).toContain('400');
		expect(
			await refusal('GET', `${provider}?$filter=selectionId equals 1 and selectionMemberId gt 1`),
		).toContain('cannot be restricted');
	});
});

it('a project member is a person of the project, and shows who', async () => {
	const ProjectId = project();
	const body = { ProjectId, PersonId: 1, ProjectMemberTypeId: 2, Comment: 'Pays' };
	const created = await done('POST', 'ProjectMember', body);
	expect(created).toMatchObject({
		...body,
		ProjectmemberId: 1,
		ContactId: 2,
		FullName: 'Ingrid Berg',
		ProjectMemberTypeName: 'Sponsor',
	});
	const rows = `ProjectMember?$filter=projectId equals ${ProjectId}&$select=personId,function`;
	const row = { PrimaryKey: '1', personId: 1, function: 'Sponsor' };
	expect((await done('GET', rows)).value).toEqual([expect.objectContaining(row)]);
	api.tenant.data.find('Person', 1)!.values.Retired = true;
	expect((await done('GET', rows)).value).toEqual([]);
	expect((await done('GET', `${rows}&$entities=projectMember,retired,stop`)).value).toHaveLength(1);
	expect(await refusal('POST', 'ProjectMember', { ProjectId })).toContain('PersonId');
	expect(await refusal('POST', 'ProjectMember', { ...body, PersonId: 99 })).toContain('PersonId');
	expect((await call('DELETE', 'ProjectMember/1')).status).toBe(204);
	expect((await call('GET', 'ProjectMember/1')).status).toBe(404);
});

it('a stakeholder is a person or a company, where the type of the sale allows it', async () => {
	const SaleId = sale();
	const body = { SaleId, PersonId: 1, ContactId: 2, StakeholderRoleId: 1 };
	expect(await done('POST', 'SaleStakeholder', body)).toMatchObject({
		...body,
		StakeholderRoleName: 'Decision maker',
	});
	await done('POST', 'SaleStakeholder', { SaleId, ContactId: 3 });
	const filter = `saleId equals ${SaleId} and person/personId equals 1`;
	const rows = `SaleStakeholder?$filter=${filter}&$select=salesRoleId`;
	expect((await done('GET', rows)).value).toEqual([
		expect.objectContaining({ salesRoleId: 'Decision maker' }),
	]);
	expect(await refusal('POST', 'SaleStakeholder', { SaleId })).toContain('PersonId');
	expect(await refusal('POST', 'SaleStakeholder', { ...body, ContactId: 3 })).toContain('belong');
	const other = sale(2);
	expect(await refusal('POST', 'SaleStakeholder', { ...body, SaleId: other })).toContain(
		'does not allow stakeholders',
	);
	const enabled = 'Sale?$select=stakeholdersEnabled&$orderBy=saleId';
	expect(
		(await done('GET', enabled)).value.map((row: object) => Object.values(row).at(-1)),
	).toEqual([true, false]);
});

it('a relation connects two records that its definition is for', async () => {
	const body = {
		SourceContactId: 2,
		SourcePersonId: 1,
		DestinationContactId: 3,
		DestinationPersonId: 0,
		RelationDefinitionId: 2,
	};
	expect(await done('POST', 'Relation', body)).toMatchObject({
		...body,
		ActiveText: 'works for',
		PassiveText: 'employs',
		SourcePersonName: 'Ingrid Berg',
	});
	const row = { relationId: 1, relationName: 'works for', 'source/personId': 1 };
	const select = '$select=relationId,relationName,source/personId';
	for (const parent of ['Contact/2', 'Contact/3', 'Person/1']) {
		expect((await done('GET', `${parent}/Relations?${select}`)).value).toEqual([
			expect.objectContaining(row),
		]);
	}
	expect((await done('GET', `Contact/4/Relations?${select}`)).value).toEqual([]);
	expect((await call('GET', 'Contact/99/Relations')).status).toBe(404);
	const refused = async (changes: object) =>
		await refusal('POST', 'Relation', { ...body, ...changes });
	expect(await refused({ SourceContactId: 4 })).toContain('belong');
	expect(await refused({ SourceContactId: 0 })).toContain('SourceContactId');
	expect(await refused({ RelationDefinitionId: 1 })).toContain('RelationDefinitionId');
	expect(await refused({ RelationDefinitionId: 0 })).toContain('RelationDefinitionId');
	const names = async (kinds: string) =>
		(await done('GET', `MDOList/contactrelationdefinition?flat=true&additional=${kinds}`)).map(
			({ Name }: { Name: string }) => Name,
		);
	expect(await names('PC')).toEqual(['works for', 'advises']);
	expect(await names('CC')).toEqual(['owns', 'advises']);
});

it('interests are changed one by one, and the others stay', async () => {
	const path = 'Agents/Contact/UpdateInterests';
	const change = async (body: object) => await call('POST', path, body);
	api.tenant.data.find('Contact', 2)!.values.Interests = [1, 3];
	const body = { ContactId: 2, EnableInterestIds: [2], DisableInterestIds: [1] };
	expect((await change(body)).status).toBe(204);
	expect(api.tenant.data.find('Contact', 2)!.values.Interests).toEqual([3, 2]);
	expect((await change({ ...body, ContactId: 99 })).data).toBeNull();
	expect((await change({ ...body, EnableInterestIds: [77] })).data.Message).toContain('invalid');
});

describe('merging', () => {
	it('moves what belongs to a company, and deletes it', async () => {
		const { data } = api.tenant;
		data.find('Contact', 2)!.values.Department = 'North';
		const merged = await call(
			'POST',
			'Contact/2/MergeTo/3?replaceEmptyFieldsOnDestination=true&mergeIdenticalPersons=false',
		);
		expect(merged.status).toBe(204);
		expect(data.find('Contact', 2)).toBeUndefined();
		expect(data.find('Contact', 3)!.values.Department).toBe('North');
		expect(data.find('Person', 1)!.values.Contact).toBe(3);
	});

	it('needs two records, and of persons a date', async () => {
		const at = encodeURIComponent('2026-11-25T10:00:00Z');
		expect(await refusal('POST', 'Contact/2/MergeTo/2')).toContain('400');
		expect(await refusal('POST', 'Contact/2/MergeTo/99')).toContain('404');
		expect(await refusal('POST', 'Person/1/MergeTo/2')).toContain('moveAfterDate');
		const kept = `Person/1/MergeTo/2?moveAfterDate=${at}&deleteSource=false`;
		expect((await call('POST', kept)).status).toBe(204);
		expect(api.tenant.data.find('Person', 1)).toBeDefined();
	});
});

it('duplicates are companies of the same name, also in another system', async () => {
	const { data } = api.tenant;
	data.insert('Contact', { values: { Name: 'Ærlig & Søn', Department: 'Oslo' } });
	data.foreignCompanies.push('ÆRLIG & SØN');
	const path = `Contact/Duplicates/${encodeURIComponent('Ærlig & Søn')}`;
	const ids = async (more = '') =>
		(await done('GET', path + more)).map((one: { SoPrimaryKey: number }) => one.SoPrimaryKey);
	expect(await ids()).toEqual([6, 0]);
	expect(await ids('?department=Bergen')).toEqual([0]);
	expect(await ids('?department=oslo')).toEqual([6, 0]);
});
