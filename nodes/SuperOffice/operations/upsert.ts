import type { IDataObject } from 'n8n-workflow';

import {
	createRecord,
	findMatches,
	identityOf,
	keyFieldsOf,
	keysOf,
	readOption,
	SuperOfficeError,
	tooManyMatches,
	updateRecord,
	type CrmSession,
	type Key,
	type KeyField,
	type Match,
	type RecordInput,
} from '../../../superoffice';
import { multipleMatches, upsertOptions } from '../options';
import { fieldsProperty, outputProperties } from '../parameters';
import type { RecordRun } from '../record-run';
import { runItems } from '../run-items';
import { aRecord, type RecordOperation } from './operation';

/** What an item's record is looked for by, where, and what was found. */
interface Lookup {
	session: CrmSession;
	keyFields: KeyField[];
	/** Any of them finds it. */
	keys: Key[];
	/** Shared by all items with the same key in the same tenant: a record that one of them makes, the others update. */
	found: Found;
}

interface Found {
	/** In the order of their ids. */
	matches: Match[];
	/** Of an item whose record may have been created all the same: no other item may create it again. */
	failure?: SuperOfficeError;
}

export const upsert: RecordOperation = {
	value: 'upsert',
	name: 'Create or Update',
	description: (entity) =>
		`Update the ${entity.label} that matches, or create it if there is none (upsert)`,
	action: (entity) => `Create or update ${aRecord(entity)}`,
	properties: () => [fieldsProperty('upsert'), ...outputProperties, upsertOptions()],
	async execute(run) {
		await run.prefetchNames();
		const lookups = await lookUp(run);
		const orderKeys = orderKeysOf(lookups);
		const handle = async (item: number) => {
			const lookup = lookups[item]!;
			if (lookup instanceof Error) throw lookup;
			return await write(run, item, lookup);
		};
		const orderKeyOf = (item: number) => {
			const lookup = lookups[item]!;
			return lookup instanceof Error ? `item ${item}` : orderKeys.get(lookup.found)!;
		};
		return await runItems(run.context, handle, orderKeyOf);
	},
};

/** The look-ups of all items, made together; the error of an item that cannot be looked up stands in its place. */
async function lookUp(run: RecordRun): Promise<Array<Lookup | Error>> {
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
			const keys = own.flatMap((lookup) => lookup.keys);
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
				const identities = lookup.keys.map(identityOf);
				const known = identities.map((identity) => shared.get(identity));
				const found = known.find((one) => one !== undefined) ?? { matches: [] };
				found.matches = union([
					found.matches,
					...identities.map((identity) => outcome.get(identity) ?? []),
				]);
				for (const identity of identities) shared.set(identity, found);
				lookup.found = found;
			}
		}),
	);
	return prepared;
}

async function prepare(run: RecordRun, item: number): Promise<Lookup> {
	const session = await run.sessionFor(item);
	const keyFields = await keyFieldsOf(session, run.entity, run.matchingColumns(item));
	const keys = await keysOf(session, keyFields, run.input(item).values);
	return { session, keyFields, keys, found: { matches: [] } };
}

/** Each record once, in the order of their ids. */
function union(matches: Match[][]): Match[] {
	const byId = new Map(matches.flat().map((match) => [match.id, match]));
	return [...byId.values()].sort((one, other) => one.id - other.id);
}

/** Items whose keys differ can still be about one record, such as two e-mail addresses of a person. */
function orderKeysOf(lookups: ReadonlyArray<Lookup | Error>): Map<Found, string> {
	const orderKeys = new Map<Found, string>();
	for (const lookup of lookups) {
		if (lookup instanceof Error || orderKeys.has(lookup.found)) continue;
		const [first] = lookup.found.matches;
		const { contextIdentifier } = lookup.session.tenant;
		orderKeys.set(
			lookup.found,
			first ? `${contextIdentifier} ${first.id}` : `new ${orderKeys.size}`,
		);
	}
	return orderKeys;
}

async function write(run: RecordRun, item: number, lookup: Lookup): Promise<IDataObject[]> {
	const { session, keyFields, found } = lookup;
	const { matches } = found;
	const input = withTrimmedKeys(run.input(item), keyFields);
	if (found.failure) throw found.failure.copy();
	if (matches.length === 0) {
		const record = await createRecord(session, run.entity, input).catch((error: unknown) => {
			if (error instanceof SuperOfficeError && error.outcomeUnknown) found.failure = error;
			throw error;
		});
		found.matches = [{ id: Number(record[run.entity.idKey]), description: '' }];
		return [{ ...(await run.output(item, session, record)), created: true }];
	}
	const given = run.options(item).onMultipleMatches ?? 'fail';
	const onMultipleMatches = matches.length > 1 ? readOption(multipleMatches, given) : '';
	if (onMultipleMatches === 'fail') {
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

/** What is looked for without spaces around it must not be written with them, or the next run would not find it. */
function withTrimmedKeys(input: RecordInput, keyFields: readonly KeyField[]): RecordInput {
	const values = { ...input.values };
	for (const { field } of keyFields) {
		const value = values[field.id];
		if (typeof value === 'string') values[field.id] = value.trim();
	}
	return { ...input, values };
}
