import { entities } from '../../../../nodes/SuperOffice/resources/entities';
import {
	changeInterests,
	changeMembers,
	createRelation,
	CrmSession,
	existsAlready,
	findDuplicates,
	Members,
	mergeRecords,
	noSuchRecords,
	readSelection,
	requireSuccess,
	timedOut,
	unreachable,
	type CrmCall,
} from '../../../../superoffice';

const { company, person, sale } = entities;

const throwing = (error: Error): CrmCall => {
	return () => Promise.reject(error);
};
const late = throwing(timedOut('online.superoffice.com'));
const lost = throwing(unreachable('online.superoffice.com', { code: 'ECONNRESET' }));

/** Always the same answer. */
const answering = (status: number, body: unknown): CrmCall => {
	return async ({ path }) => await Promise.resolve(requireSuccess({ status, body }, path, []).body);
};

const merge = async (call: CrmCall, target = 8) =>
	await mergeRecords(new CrmSession(call), company, { source: 7, target });

/** Sales whose type has no stakeholders, and nobody who is one. */
const withoutStakeholders: CrmCall = async ({ path, query = {} }) => {
	const isFirstPage = !query.$filter?.includes('greater');
	return await Promise.resolve(
		path.endsWith('/Archive/FindSale') && isFirstPage
			? [{ saleId: 7, [sale.members!.enabledColumn!]: false, PrimaryKey: '7' }]
			: [],
	);
};

const addStakeholder = async () => {
	const member = { ownerId: 7, type: 'company', id: 2 } as const;
	const session = new CrmSession(withoutStakeholders);
	const members = await Members.load(session, sale, [member], { toAdd: true });
	return await members.add(member, {});
};

/** What goes wrong with members, relations, interests, duplicates and mergers, each with a message of its own. */
export const linkErrors: Array<[string, () => Promise<unknown>]> = [
	[
		'a duplicate without a name',
		async () => await findDuplicates(new CrmSession(answering(200, [])), company, { Name: ' ' }),
	],
	[
		'a record that exists already',
		async () => await Promise.reject(existsAlready(company, [{ id: 5, description: 'Fjord' }])),
	],
	[
		'interests of a record that is not there',
		async () =>
			await changeInterests(
				new CrmSession(async (request) =>
					request.method === 'POST'
						? await answering(200, { Error: true, Message: 'No.' })(request)
						: [{ Id: 1, Name: 'Golf' }],
				),
				company,
				7,
				'add',
				'Golf',
			),
	],
	[
		'no interest',
		async () => await changeInterests(new CrmSession(answering(200, [])), company, 7, 'add', ''),
	],
	['a record merged with itself', async () => await merge(late, 7)],
	['records that may be merged', async () => await merge(late)],
	['records whose merger was not answered', async () => await merge(lost)],
	['a record that is not there', async () => await Promise.reject(noSuchRecords(person, [99]))],
	['records that are not there', async () => await Promise.reject(noSuchRecords(person, [1, 2]))],
	[
		'a selection that searches',
		async () =>
			await changeMembers(
				new CrmSession(late),
				{ id: 7, target: 'contact', isDynamic: true },
				'add',
				{ kind: company, ids: [1] },
			),
	],
	[
		'a selection that is not there',
		async () => await readSelection(new CrmSession(answering(404, {})), 7),
	],
	[
		'a relation of a person without a company',
		async () =>
			await createRelation(
				new CrmSession(late),
				{
					source: { type: 'person', id: 1 },
					target: { type: 'company', id: 2 },
					definitionId: 1,
				},
				new Map([[1, 0]]),
			),
	],
	['a sale without stakeholders', addStakeholder],
];
