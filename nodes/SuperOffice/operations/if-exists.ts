import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	existsAlready,
	findDuplicates,
	readOption,
	readRecord,
	type CrmSession,
	type Entity,
} from '../../../superoffice';
import type { RecordRun } from '../record-run';

const ifExists = {
	label: 'If It Exists',
	values: [
		{ value: 'create', label: 'Create Anyway' },
		{ value: 'fail', label: 'Fail' },
		{ value: 'get', label: 'Return It' },
	],
};

/** What to do about records that SuperOffice takes for duplicates; none for those it has no rules for. */
export function ifExistsOptions({ label, duplicates }: Entity): INodeProperties[] {
	if (duplicates === undefined) return [];
	const descriptions: Record<string, string> = {
		create: 'Do not look',
		fail: 'Create nothing, and list those that exist',
		get: `Create nothing, and return the ${label} that exists; fail if there are several`,
	};
	return [
		{
			displayName: ifExists.label,
			name: 'ifExists',
			type: 'options',
			options: ifExists.values.map(({ value, label: name }) => ({
				name,
				value,
				description: descriptions[value],
			})),
			default: 'fail',
			description: `What to do if SuperOffice finds a ${label} of this name, by its own rules for duplicates`,
		},
	];
}

/**
 * The record that is returned in place of a new one; `undefined` where one is to be created.
 *
 * @throws SuperOfficeError `INVALID_INPUT` if there are others that forbid it
 */
export async function existingRecord(
	run: RecordRun,
	item: number,
	session: CrmSession,
): Promise<IDataObject | undefined> {
	const how = choiceOf(run, item);
	if (how === 'create') return undefined;
	const { entity } = run;
	const found = await findDuplicates(session, entity, run.input(item).values);
	const [own, ...others] = found.filter(({ id }) => id > 0);
	// What is in another system cannot be returned, and keeps nobody from creating it here.
	if (how === 'fail' ? found.length === 0 : own === undefined) return undefined;
	if (how === 'fail' || others.length > 0) throw existsAlready(entity, found);
	const record = await readRecord(session, entity, own!.id);
	return { ...(await run.output(item, session, record)), created: false };
}

/** Whether an output says if the record is new. */
export function saysCreated(run: RecordRun, item: number): boolean {
	return choiceOf(run, item) === 'get';
}

/** Items that are looked for by the same name are handled one after the other: one may create what the next finds. */
export function nameKey(run: RecordRun, item: number): string {
	try {
		if (choiceOf(run, item) === 'create') return `item ${item}`;
		const name = run.input(item).values[run.entity.duplicates!.name];
		return `name ${String(name).trim().toLowerCase()}`;
	} catch {
		return `item ${item}`;
	}
}

function choiceOf(run: RecordRun, item: number): string {
	const options = run.options(item);
	if (run.entity.duplicates === undefined || !Object.hasOwn(options, 'ifExists')) return 'create';
	// An expression that comes to nothing is no leave to create a duplicate.
	return readOption(ifExists, options.ifExists);
}
