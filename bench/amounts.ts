import type { IDataObject, INode } from 'n8n-workflow';

import {
	byId,
	mappedAutomatically,
	operation as superOffice,
} from '../test/engine/superoffice/node';
import { tablesOf } from '../test/superoffice-online/crm/tables/tables';
import type { Tenant } from '../test/superoffice-online';
import { addCompany, insertRow } from './crm-workflows';
import { table } from './table';
import { contenders, numbered, type World } from './world';

/** Calls a second that SuperOffice allows one application at one tenant. */
const allowed = 10;
/** Milliseconds that each call takes at the tenant, where time is measured. */
const latency = 300;

/** What a node does for all items, and how much of it a tenant has then. */
interface Job {
	title: string;
	items: IDataObject[];
	workflows(tenant: Tenant): { superOffice: INode; httpRequest: INode };
	countDone(tenant: Tenant): number;
	/** Calls that do it, among those that prepare it. */
	writes: RegExp;
}

const rows: Job = {
	title: '1,000 rows of an extra table',
	items: numbered(1000).map(({ number }) => ({
		...{ x_code: `A-${number as number}`, x_name: `Device ${number as number}` },
	})),
	workflows: ({ contextIdentifier }) => ({
		superOffice: superOffice('table', 'upsert', {
			...{ tableName: 'y_equipment', keyColumns: ['x_code'], fields: mappedAutomatically() },
		}),
		httpRequest: insertRow(contextIdentifier, 'y_equipment'),
	}),
	countDone: ({ data }) => tablesOf(data).rows('y_equipment').length,
	writes: /DatabaseTable|POST .*Table/,
};

const members: Job = {
	title: '2,000 members of a selection',
	items: numbered(2000),
	workflows(tenant) {
		const { contextIdentifier, data } = tenant;
		const values = { Name: 'Bench', SelectionType: 'Static', TargetTableName: 'contact' };
		const { id } = data.insert('Selection', { values });
		return {
			superOffice: superOffice('selection', 'addMembers', {
				...{ recordId: byId(id), memberIds: '={{ $json.number }}' },
			}),
			httpRequest: addCompany(contextIdentifier, id),
		};
	},
	countDone: ({ data }) =>
		data.all('Selection').reduce((sum, { id }) => sum + data.selectionMembers.of(id).length, 0),
	writes: /Members/,
};

/** What many items at once take: the calls that write them, and the time of those that are read. */
export async function compareAmounts(world: World): Promise<string> {
	const lines: string[][] = [];
	for (const job of [rows, members]) {
		const [ours, byHand] = [
			await callsOf(world, job, 'superOffice'),
			await callsOf(world, job, 'httpRequest'),
		];
		lines.push([job.title, ...[ours.writes, ours.others, byHand.writes].map(inEnglish)]);
	}
	const title = ['', 'SuperOffice: calls that write', 'others', 'HTTP Request, item by item'];
	return [table(title, lines), await timeOfGet(world)].join('\n\n');
}

async function callsOf(
	world: World,
	{ title, items, workflows, countDone, writes }: Job,
	contender: 'superOffice' | 'httpRequest',
) {
	const contextIdentifier = world.useNewTenant(contenders.ours, { companies: 2000 });
	const tenant = world.online.tenant(contextIdentifier);
	const node = workflows(tenant)[contender];
	const { result } = await world.measure([node], items);
	if (result.error) throw result.error;
	const done = countDone(tenant);
	if (done !== items.length) throw new Error(`${title}: ${contender} did ${done}`);
	const calls = Object.entries(world.online.apiCalls(contextIdentifier));
	const count = (wanted: boolean) =>
		calls
			.filter(([call]) => call.includes(' /v1/') && writes.test(call) === wanted)
			.reduce((sum, [, times]) => sum + times, 0);
	return { writes: count(true), others: count(false) };
}

async function timeOfGet(world: World): Promise<string> {
	const items = numbered(1000);
	world.useNewTenant(contenders.ours, { companies: items.length, settings: { latency } });
	const get = superOffice('company', 'get', { recordId: byId('={{ $json.number }}') });
	const { result, time } = await world.measure([get], items);
	if (result.error) throw result.error;
	const seconds = time / 1000;
	const atBest = items.length / allowed;
	const oneByOne = (items.length * latency) / 1000;
	return table(
		[
			`1,000 companies, Get, ${latency} ms a call`,
			'seconds',
			`÷ ${atBest} s, at ${allowed} a second`,
			`÷ ${oneByOne} s, one after the other`,
		],
		[
			[
				'SuperOffice',
				seconds.toFixed(1),
				(seconds / atBest).toFixed(2),
				(seconds / oneByOne).toFixed(2),
			],
		],
	);
}

const inEnglish = (count: number) => count.toLocaleString('en');
