import { format } from 'prettier';

import { table } from '../bench/table';
import type { MemoryAt, Outcome } from './day';
import { growthOf } from './expectations';
import { minuteOf, textOf } from './times';
import type { World } from './world';

/** What happened, and what was measured. */
export async function report(
	outcomes: Outcome[],
	memory: MemoryAt[],
	world: World,
): Promise<string> {
	const tables = [outcomeTable(outcomes), memoryTable(memory)];
	const [outcomeText, memoryText] = await Promise.all(
		tables.map(async (text) => await format(text, { parser: 'markdown' })),
	);
	const growth = growthOf(memory, world);
	return [
		outcomeText,
		failureList(outcomes),
		describeChanges(world),
		memoryText,
		growth && `Growth since ${textOf(growth.since)}: ${megabytes(growth.bytes)}`,
	].join('\n');
}

function outcomeTable(outcomes: Outcome[]): string {
	const numbers = (of: Omit<Outcome, 'cause' | 'failures' | 'failedAlone'>) => [
		...[
			of.runs,
			of.failedRuns,
			of.exchanges,
			of.refusals,
			of.checks,
			of.states,
			of.jwks,
			of.missed,
		],
	];
	const rows = outcomes.map((outcome) => [
		textOf(minuteOf(outcome.cause.at)),
		outcome.cause.name,
		...numbers(outcome),
	]);
	const all = outcomes.map(numbers);
	const totals = all[0]!.map((_, column) => all.reduce((sum, row) => sum + row[column]!, 0));
	const heading = ['time', 'cause', 'runs', 'failed', 'exchanges', 'refused', 'checks', 'state'];
	return table([...heading, 'JWKS', 'missed'], [...rows, ['', 'Total', ...totals]]);
}

function failureList(outcomes: Outcome[]): string {
	const lines = outcomes.flatMap(({ cause, failures }) => [
		...(failures.size === 0 ? [] : [`${textOf(minuteOf(cause.at))} ${cause.name}`]),
		...[...failures].map(([failure, count]) => `  ${count} × ${failure}`),
	]);
	return ['What failed runs said:', ...lines, ''].join('\n');
}

function describeChanges({ changes: { made, missed, longestWait } }: World): string {
	return `${made} changes at SuperOffice; the sync has missed ${missed.length} of them, and got the others after ${longestWait} minutes at most.\n`;
}

function memoryTable(memory: MemoryAt[]): string {
	const rows = memory.map(({ time, heap, rss }) => [textOf(time), megabytes(heap), megabytes(rss)]);
	return table(['time', 'heap in use', 'resident'], rows);
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
