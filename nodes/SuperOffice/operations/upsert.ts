import type { IDataObject } from 'n8n-workflow';

import {
	createRecord,
	findMatches,
	identityOf,
	keyFieldsOf,
	keyOf,
	SuperOfficeError,
	tooManyMatches,
	updateRecord,
	type CrmSession,
	type Key,
	type KeyField,
	type Match,
} from '../../../superoffice';
import { fieldsProperty, outputProperties, upsertOptions } from '../parameters';
import type { Run } from '../run';
import { runItems } from '../run-items';
import { aRecord, type Operation } from './operation';

/** What an item's record is looked for by, where, and what was found. */
interface Lookup {
	session: CrmSession;
	keyFields: KeyField[];
	key: Key;
	/** Shared by all items with the same key in the same tenant: a record that one of them makes, the others update. */
	found: Found;
}

interface Found {
	matches: Match[];
	/** Of an item whose record may have been created all the same: no other item may create it again. */
	failure?: SuperOfficeError;
}

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	description: (entity) =>
		`Update the ${entity.label} that matches, or create it if there is none (upsert)`,
	action: (entity) => `Create or update ${aRecord(entity)}`,
	properties: () => [fieldsProperty('upsert'), ...outputProperties, upsertOptions()],
	async execute(run) {
		await run.prefetchNames();
		const lookups = await lookUp(run);
		const handle = async (item: number) => {
			const lookup = lookups[item]!;
			if (lookup instanceof Error) throw lookup;
			return await write(run, item, lookup);
		};
		const orderKeyOf = (item: number) => {
			const lookup = lookups[item]!;
			return lookup instanceof Error ? `item ${item}` : identityOf(lookup.key);
		};
		return await runItems(run.context, handle, orderKeyOf);
	},
};

/** The look-ups of all items, made together; the error of an item that cannot be looked up stands in its place. */
async function lookUp(run: Run): Promise<Array<Lookup | Error>> {
	const items = [...run.context.getInputData().keys()];
	const prepared = await Promise.all(
		items.map(async (item) => await prepare(run, item).catch((error: Error) => error)),
	);
	const sessions = new Set(prepared.flatMap((one) => (one instanceof Error ? [] : one.session)));
	await Promise.all(
		[...sessions].map(async (session) => {
			const own = prepared.filter(
				(one) => !(one instanceof Error) && one.session === session,
			) as Lookup[];
			const { keyFields } = own[0]!;
			const keys = own.map(({ key }) => key);
			const outcome = await findMatches(session, run.entity, keyFields, keys).catch(
				(error: Error) => error,
			);
			const shared = new Map<string, Found>();
			for (const [item, lookup] of prepared.entries()) {
				if (lookup instanceof Error || lookup.session !== session) continue;
				if (outcome instanceof Error) {
					prepared[item] = outcome;
					continue;
				}
				const identity = identityOf(lookup.key);
				const found = shared.get(identity) ?? { matches: outcome.get(identity) ?? [] };
				shared.set(identity, found);
				lookup.found = found;
			}
		}),
	);
	return prepared;
}

async function prepare(run: Run, item: number): Promise<Lookup> {
	const session = await run.sessionFor(item);
	const keyFields = await keyFieldsOf(session, run.entity, run.matchingColumns());
	const key = await keyOf(session, keyFields, run.input(item).values);
	return { session, keyFields, key, found: { matches: [] } };
}

async function write(run: Run, item: number, lookup: Lookup): Promise<IDataObject[]> {
	const { session, keyFields, found } = lookup;
	const { matches } = found;
	const input = run.input(item);
	if (found.failure) throw found.failure.copy();
	if (matches.length === 0) {
		const record = await createRecord(session, run.entity, input).catch((error: unknown) => {
			if (error instanceof SuperOfficeError && error.outcomeUnknown) found.failure = error;
			throw error;
		});
		found.matches = [{ id: Number(record[run.entity.idKey]), description: '' }];
		return [{ ...(await run.output(item, session, record)), created: true }];
	}
	const { onMultipleMatches = 'fail' } = run.options(item);
	if (matches.length > 1 && onMultipleMatches === 'fail') {
		throw tooManyMatches(run.entity, keyFields, matches);
	}
	const chosen = onMultipleMatches === 'updateAll' ? matches : matches.slice(0, 1);
	const outputs: IDataObject[] = [];
	for (const { id } of chosen) {
		const record = await updateRecord(session, run.entity, id, input);
		outputs.push({ ...(await run.output(item, session, record)), created: false });
	}
	return outputs;
}
