import { json, mediaType, type Call, type Reply } from '../../messages';
import { ApiError, illegal, notFound } from '../errors';
import type { StoredRecord } from '../store';
import type { Context } from './context';
import { defaultRecord, emptyRecord } from './defaults';
import { Draft } from './draft';
import { applyPatch } from './patch';
import { renderEntity } from './render';

/** GET .../default */
export function getDefault(context: Context, call: Call): Reply {
	checkOptions(call, ['$select']);
	return answer(context, call, defaultRecord(context));
}

/** POST .../ */
export function create(context: Context, call: Call): Reply {
	checkOptions(call, writeOptions(context));
	const draft = readDraft(context, call, emptyRecord(context.database.clock.now()));
	const [missing] = draft.missing();
	if (missing !== undefined) throw illegal(`${missing}: is mandatory`);
	draft.check();
	const { values, customFields } = draft.record;
	return answer(context, call, context.database.insert(context.entity, { values, customFields }));
}

/** POST .../Validate: what is missing, by property */
export function validate(context: Context, call: Call): Reply {
	checkOptions(call, []);
	const draft = readDraft(context, call, emptyRecord(context.database.clock.now()));
	const faults = draft.missing().map((name) => [name, `${name} must be filled in`]);
	return json(200, Object.fromEntries(faults));
}

/** GET .../{id} */
export function get(context: Context, call: Call, id: number): Reply {
	checkOptions(call, ['$select', 'fk']);
	const record = find(context, id);
	const since = call.headers['if-modified-since'];
	if (since !== undefined && goesBy(context, 'get304') && !isNewer(record, since)) {
		throw new ApiError(304, '', '');
	}
	return answer(context, call, record);
}

/** PUT .../{id}: what is missing in the body is emptied. */
export function replace(context: Context, call: Call, id: number): Reply {
	checkOptions(call, writeOptions(context));
	const record = find(context, id);
	checkUnmodified(context, call, record, 'put412');
	const draft = readDraft(context, call, record);
	draft.check();
	return save(context, call, draft);
}

/** PATCH .../{id} */
export function change(context: Context, call: Call, id: number): Reply {
	checkOptions(call, ['$select']);
	const record = find(context, id);
	checkUnmodified(context, call, record, 'patch412');
	const draft = new Draft(context, record);
	applyPatch(context, draft, readJson(call));
	draft.check();
	return save(context, call, draft);
}

/** DELETE .../{id} */
export function remove(context: Context, call: Call, id: number): Reply {
	checkOptions(call, []);
	checkUnmodified(context, call, find(context, id), 'delete412');
	context.database.remove(context.entity, id);
	return NO_CONTENT;
}

/** The answer to what gives nothing back. */
export const NO_CONTENT: Reply = { status: 204, headers: {}, body: '' };

/** The JSON in the body. Throws if there is none. */
export function readJson(call: Call): unknown {
	if (mediaType(call) !== 'application/json') {
		throw new ApiError(415, 'SoNotSupportedException', 'The body must be application/json');
	}
	try {
		return JSON.parse(call.body);
	} catch {
		throw illegal('The body is missing, or no JSON');
	}
}

function readDraft(context: Context, call: Call, before: StoredRecord): Draft {
	const entity = readJson(call);
	if (typeof entity !== 'object' || entity === null || Array.isArray(entity)) {
		throw illegal('The body must be an entity');
	}
	const draft = new Draft(context, before);
	draft.replaceAll(entity as Record<string, unknown>);
	return draft;
}

function save(context: Context, call: Call, draft: Draft): Reply {
	const { entity, database } = context;
	const { values, customFields, id } = draft.record;
	const saved = database.update(entity, id, (record) => {
		Object.assign(record, { values, customFields }, draft.stamps);
	});
	return answer(context, call, saved);
}

function answer(context: Context, call: Call, record: StoredRecord): Reply {
	return json(200, renderEntity(context, record, call.query.get('$select')));
}

function find({ database, entity, tenant }: Context, id: number): StoredRecord {
	const hidden = tenant.settings.hiddenRecords[entity]?.includes(id);
	const record = database.find(entity, id);
	if (!record || hidden) throw notFound(entity, id);
	return record;
}

function checkOptions({ query }: Call, known: string[]): void {
	const unknown = [...query.keys()].find((name) => !known.includes(name));
	if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
}

/** A Ticket is always answered whole. */
function writeOptions({ entity }: Context): string[] {
	return entity === 'Ticket' ? ['notify'] : ['$select'];
}

function checkUnmodified(context: Context, call: Call, record: StoredRecord, verb: string): void {
	const since = call.headers['if-unmodified-since'];
	if (since !== undefined && goesBy(context, verb) && isNewer(record, since)) {
		throw new ApiError(412, '', '');
	}
}

function goesBy({ reference }: Context, verb: string): boolean {
	return reference.conditional.includes(verb);
}

/** HTTP dates have whole seconds. */
export function isNewer({ updatedAt }: Pick<StoredRecord, 'updatedAt'>, httpDate: string): boolean {
	const since = Date.parse(httpDate);
	if (Number.isNaN(since)) throw illegal(`${httpDate} is no HTTP date`);
	return Math.floor(updatedAt.getTime() / 1000) * 1000 > since;
}
