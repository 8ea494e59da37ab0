import { mostInASecond } from '../test/superoffice-online';
import { reading, tasks, updating, type Task } from './crm-tasks';
import { peakMemory } from './peak-memory';
import { median, ratio, table } from './table';
import { contenders, type World } from './world';

const contenderNames = { superOffice: 'SuperOffice', httpRequest: 'HTTP Request, held to no rate' };
type Contender = keyof typeof contenderNames;
const both: Contender[] = ['superOffice', 'httpRequest'];

/** Milliseconds that each call takes at the tenant, where time is measured. */
const latency = 100;
/** Calls a second that SuperOffice allows one application at one tenant. */
const allowed = 10;
const memoryRounds = 3;

/** The calls, the memory and the time of the SuperOffice node, and of HTTP Request nodes that do the same by hand. */
export async function compareCrmNode(world: World): Promise<string> {
	return [await compareCalls(world), await compareMemory(world), await comparePace(world)].join(
		'\n\n',
	);
}

/** What a run of a task came to: its time in milliseconds, its calls by address, and most in any second. */
interface Play {
	time: number;
	calls: Array<[call: string, count: number]>;
	mostInASecond: number;
}

async function play(
	world: World,
	task: Task,
	contender: Contender,
	settings: { latency?: number } = {},
): Promise<Play> {
	const { online } = world;
	const { companies } = task;
	const contextIdentifier = world.useNewTenant(contenders.ours, { companies, settings });
	const tenant = online.tenant(contextIdentifier);
	const nodes = nodesOf(task, contender, contextIdentifier);
	const { result, time } = await world.measure(nodes, task.items(tenant));
	if (result.error) throw result.error;
	const output = result.output(nodes.at(-1)!.name).map(({ json }) => json);
	const records = tenant.data.all('Contact').map(({ values }) => values);
	const done = task.countDone(output, records);
	if (done !== task.count) {
		throw new Error(`${task.title}: ${contenderNames[contender]} did ${done} of ${task.count}`);
	}
	const isToTenant = ({ path }: { path: string }) => path.startsWith(`/${contextIdentifier}/api/`);
	return {
		time,
		// Without those to the login host.
		calls: Object.entries(online.apiCalls(contextIdentifier)).filter(([call]) =>
			call.includes(' /v1/'),
		),
		mostInASecond: mostInASecond(online.requests.filter(isToTenant)),
	};
}

function nodesOf(task: Task, contender: Contender, contextIdentifier: string) {
	return contender === 'superOffice' ? task.superOffice : task.httpRequest(contextIdentifier);
}

/** What calls are for, by their addresses. */
const purposes = {
	writes: /^(POST|PATCH) \/v1\/Contact(\/\{id\})?$/,
	'pages, look-ups': /\/v1\/Archive\/SimpleContact$/,
	lists: /\/v1\/MDOList\//,
	'fields, columns, defaults': /\/(CustomField|Published|GetAvailableColumns|default)$/,
};

async function compareCalls(world: World): Promise<string> {
	const rows: string[][] = [];
	for (const task of tasks) {
		for (const contender of both) {
			const { calls, mostInASecond: most } = await play(world, task, contender);
			const count = (pattern: RegExp) =>
				calls.reduce((sum, [call, times]) => (pattern.test(call) ? sum + times : sum), 0);
			const counts = Object.values(purposes).map(count);
			const all = count(/^/);
			const others = all - counts.reduce((sum, one) => sum + one, 0);
			rows.push([
				task.title,
				contenderNames[contender],
				...[all, ...counts, others, most].map((one) => one.toLocaleString('en')),
			]);
		}
	}
	return table(['', '', 'calls', ...Object.keys(purposes), 'others', 'most in any second'], rows);
}

async function compareMemory(world: World): Promise<string> {
	const peaks = { superOffice: [] as number[], httpRequest: [] as number[] };
	const tenant = world.useNewTenant(contenders.ours, { companies: reading.companies });
	for (let round = 0; round < memoryRounds; round++) {
		for (const contender of both) {
			peaks[contender].push(await peakMemory(world, nodesOf(reading, contender, tenant)));
		}
	}
	const ours = median(peaks.superOffice);
	return table(
		[reading.title, 'peak memory', '÷ SuperOffice'],
		both.map((contender) => {
			const peak = median(peaks[contender]);
			return [contenderNames[contender], `${(peak / 1024 ** 2).toFixed(0)} MB`, ratio(peak, ours)];
		}),
	);
}

async function comparePace(world: World): Promise<string> {
	const atBest = (updating.count / allowed) * 1000;
	const rows = [];
	for (const contender of both) {
		const { time, mostInASecond: most } = await play(world, updating, contender, { latency });
		rows.push([
			contenderNames[contender],
			(time / 1000).toFixed(1),
			(time / atBest).toFixed(2),
			String(most),
		]);
	}
	return table(
		[
			`${updating.title}, ${latency} ms a call`,
			'seconds',
			`÷ ${atBest / 1000} s, at ${allowed} a second`,
			'most in any second',
		],
		rows,
	);
}
