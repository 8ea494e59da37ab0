import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	isEmpty,
	Members,
	readOption,
	readText,
	resolveChoice,
	type CrmSession,
	type Entity,
	type Member,
} from '../../../../superoffice';
import { callOptions, comment } from '../../options';
import { recordIdProperty } from '../../parameters';
import { prepareItems } from '../../prepare-items';
import type { RecordRun } from '../../record-run';
import { entities } from '../../resources/entities';
import { runItems } from '../../run-items';
import { aRecord, type RecordOperation } from '../operation';
import { memberIdsProperty, readMemberIds } from './member-ids';
import { partlyDone } from './partly-done';

const memberTypes = {
	label: 'Member Type',
	values: [
		{ value: 'person', label: 'Contact Person' },
		{ value: 'company', label: 'Company' },
	],
};

const memberTypeProperty: INodeProperties = {
	displayName: 'Member Type',
	name: 'memberType',
	type: 'options',
	options: [...memberTypes.values].reverse().map(({ value, label }) => ({ name: label, value })),
	default: 'person',
	description: 'What kind of records the IDs are of',
};

/** The members of a project, the stakeholders of a sale: what they are called, and what asks for their role. */
export interface LinkedMembers {
	/** The resource in the form. */
	resource: 'project' | 'sale';
	/** `Members`: in values and names of operations. */
	noun: string;
	roleParameter: string;
}

export const projectMembers: LinkedMembers = {
	resource: 'project',
	noun: 'Members',
	roleParameter: 'projectMemberType',
};

export const saleStakeholders: LinkedMembers = {
	resource: 'sale',
	noun: 'Stakeholders',
	roleParameter: 'stakeholderRole',
};

export function addOperation(linked: LinkedMembers): RecordOperation {
	const { noun, roleParameter } = linked;
	return {
		value: `add${noun}`,
		name: `Add ${noun}`,
		description: (entity) =>
			`Add ${noun.toLowerCase()} to ${aRecord(entity)}; whoever is one already is not added again`,
		action: (entity) => `Add ${noun.toLowerCase()} to ${aRecord(entity)}`,
		isFor: (entity) => entity === entities[linked.resource],
		properties: (entity) => [
			...memberProperties(entity),
			roleProperty(entity, roleParameter),
			callOptions([comment]),
		],
		async execute(run) {
			return await runMembers(run, linked, true);
		},
	};
}

export function removeOperation(linked: LinkedMembers): RecordOperation {
	const { noun } = linked;
	return {
		value: `remove${noun}`,
		name: `Remove ${noun}`,
		description: (entity) => `Remove ${noun.toLowerCase()} from ${aRecord(entity)}`,
		action: (entity) => `Remove ${noun.toLowerCase()} from ${aRecord(entity)}`,
		isFor: (entity) => entity === entities[linked.resource],
		properties: (entity) => [...memberProperties(entity), callOptions()],
		async execute(run) {
			return await runMembers(run, linked, false);
		},
	};
}

function memberProperties(entity: Entity): INodeProperties[] {
	return [
		recordIdProperty(entity),
		...(entity.members!.takesCompanies ? [memberTypeProperty] : []),
		memberIdsProperty,
	];
}

function roleProperty({ members }: Entity, name: string): INodeProperties {
	return {
		displayName: `${members!.role.label} Name or ID`,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getMemberRoles' },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	};
}

/** What one item asks for. */
interface Request {
	session: CrmSession;
	wanted: Member[];
	roleId?: number;
	comment?: string;
}

async function runMembers(run: RecordRun, linked: LinkedMembers, toAdd: boolean) {
	const prepared = await prepareItems(
		run.context,
		async (item) => await readRequest(run, linked, item, toAdd),
	);
	const loading = new Map<CrmSession, Promise<Members>>();
	const membersIn = async (session: CrmSession) => {
		const own = prepared.flatMap((one) =>
			one instanceof Error || one.session !== session ? [] : one.wanted,
		);
		const members = loading.get(session) ?? Members.load(session, run.entity, own, { toAdd });
		loading.set(session, members);
		return await members;
	};
	return await runItems(run.context, async (item) => {
		const request = prepared[item]!;
		if (request instanceof Error) throw request;
		const members = await membersIn(request.session);
		const outputs: IDataObject[] = [];
		for (const member of request.wanted) {
			const handle = toAdd ? add(run, members, member, request) : remove(run, members, member);
			outputs.push(
				await handle.catch((error: unknown) => {
					throw partlyDone(error, outputs.length, request.wanted.length);
				}),
			);
		}
		return outputs;
	});
}

async function readRequest(
	run: RecordRun,
	{ roleParameter }: LinkedMembers,
	item: number,
	toAdd: boolean,
): Promise<Request> {
	const { context, entity } = run;
	const session = await run.sessionFor(item);
	const ownerId = run.recordId(item, session);
	const given = context.getNodeParameter('memberType', item, 'person');
	const type = readOption(memberTypes, given) as Member['type'];
	const ids = readMemberIds(context.getNodeParameter('memberIds', item), entities[type]);
	const wanted = ids.map((id) => ({ ownerId, type, id }));
	if (!toAdd) return { session, wanted };
	const role: unknown = context.getNodeParameter(roleParameter, item, '');
	const { comment: text } = run.options(item);
	return {
		session,
		wanted,
		roleId: isEmpty(role)
			? undefined
			: (await resolveChoice(session, entity.members!.role, role)).id,
		comment: isEmpty(text) ? undefined : readText('Comment', text),
	};
}

async function add(
	{ entity }: RecordRun,
	members: Members,
	member: Member,
	membership: Request,
): Promise<IDataObject> {
	const { id, added } = await members.add(member, membership);
	return { added, ...about(entity, member), [entity.members!.idKey]: id };
}

async function remove({ entity }: RecordRun, members: Members, member: Member) {
	return { removed: await members.remove(member), ...about(entity, member) };
}

function about({ members }: Entity, { ownerId, type, id }: Member): IDataObject {
	return { [members!.ownerKey]: ownerId, memberType: type, memberId: id };
}
