import { SuperOfficeError } from '../errors';
import {
	changesOf,
	idKeyOf,
	topOf,
	type Change,
	type ReadCurrent,
	type RecordInput,
} from './changes';
import { isObject, type CrmSession } from './crm-session';
import { fieldsOf } from './custom-fields';
import type { Entity, Field } from './entity';
import { patchOperations } from './json-patch';
import { leavesOf, propertyAt, setProperty } from './properties';

export type EntityRecord = Record<string, unknown>;

/** Deprecated twins of CustomFields, in other formats. */
const twins = ['UserDefinedFields', 'ExtraFields'];

/**
 * Makes a record: what was filled in, laid over what the tenant fills in by default.
 *
 * @throws SuperOfficeError, which says so if the record may exist all the same
 */
export async function createRecord(
	session: CrmSession,
	entity: Entity,
	input: RecordInput,
): Promise<EntityRecord> {
	return await sendRecord(session, entity, await newRecord(session, entity, input));
}

/**
 * What is sent for a new record, with all names in it found.
 *
 * @throws SuperOfficeError for what SuperOffice does not have or take
 */
export async function newRecord(
	session: CrmSession,
	entity: Entity,
	input: RecordInput,
): Promise<EntityRecord> {
	const [fields, defaults] = await Promise.all([
		fieldsOf(session, entity),
		defaultsOf(session, entity),
	]);
	const record = structuredClone(defaults);
	for (const { path, value } of await changesOf(session, fields, input)) {
		setProperty(record, path, value);
	}
	for (const { path, value } of leavesOf(input.additionalProperties ?? {})) {
		setProperty(record, path, value);
	}
	return record;
}

/** @throws SuperOfficeError, which says so if the record may exist all the same */
export async function sendRecord(
	session: CrmSession,
	entity: Entity,
	record: EntityRecord,
): Promise<EntityRecord> {
	const request = { method: 'POST', path: `/v1/${entity.name}`, body: record } as const;
	return await session.callForObject(request).catch((error: unknown) => {
		throw mayExist(entity, error);
	});
}

/** The record that SuperOffice shows when somebody makes a new one, as far as it can be sent back. */
export async function defaultsOf(session: CrmSession, entity: Entity): Promise<EntityRecord> {
	return await session.once(`default ${entity.name}`, async () => {
		const record = await session.callForObject({ path: `/v1/${entity.name}/default` });
		for (const name of ['_Links', ...twins]) delete record[name];
		const { Address: address, CustomFields: custom } = record;
		// If it differs from Street and Postal, it wins.
		if (isObject(address))
			for (const name of ['LocalizedAddress', 'Formatted']) delete address[name];
		if (isObject(custom)) record.CustomFields = withoutCompanions(custom);
		return record;
	});
}

/** Beside the value of a custom field can stand texts that describe it, which are never sent. */
function withoutCompanions(custom: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(custom).filter(([key]) => !/:(?:org|DisplayText|DisplayTooltip)$/.test(key)),
	);
}

/** What to tell of a failed creation: also that there may be a record, where that is so. */
export function mayExist(
	{ label }: Pick<Entity, 'label'>,
	error: unknown,
	cure = 'Look for it in SuperOffice before you run this again, or use “Create or Update”, which looks first.',
): unknown {
	if (!(error instanceof SuperOfficeError) || !error.outcomeUnknown) return error;
	const { code, message, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The ${label} may have been created all the same.`,
		`${cure} SuperOffice was not asked a second time, so that there are not two.`,
		{ httpStatus, outcomeUnknown: true },
	);
}

export async function readRecord(
	session: CrmSession,
	entity: Entity,
	id: number,
	properties?: readonly string[],
): Promise<EntityRecord> {
	const query = properties === undefined ? undefined : { $select: properties.join(',') };
	return await session
		.callForObject({ path: pathOfRecord(entity, id), query })
		.catch((error: unknown) => {
			throw notFound(entity, id, error);
		});
}

/** Changes what was filled in, and nothing else. */
export async function updateRecord(
	session: CrmSession,
	entity: Entity,
	id: number,
	input: RecordInput,
): Promise<EntityRecord> {
	const fields = await fieldsOf(session, entity);
	const readCurrent = currentReader(session, entity, id, partsOf(fields, input));
	const changes = await changesOf(session, fields, input, readCurrent);
	const additional = leavesOf(input.additionalProperties ?? {});
	const whole = await withWholeAddresses([...changes, ...additional], readCurrent);
	const body = patchOperations(whole.map(({ path, value }) => ({ path: path.join('/'), value })));
	if (body.length === 0) return await readRecord(session, entity, id);
	// Replacing values twice comes to the same as doing it once.
	const request = {
		method: 'PATCH',
		path: pathOfRecord(entity, id),
		body,
		isIdempotent: true,
	} as const;
	return await session.callForObject(request).catch((error: unknown) => {
		throw notFound(entity, id, error);
	});
}

/** The properties at the top of the entity that hold what is to be changed. */
function partsOf(fields: readonly Field[], { values, emptyFields = [] }: RecordInput): string[] {
	const isGiven = (key: string | undefined) => key !== undefined && Object.hasOwn(values, key);
	return fields
		.filter((field) => [field.id, idKeyOf(field)].some(isGiven) || emptyFields.includes(field.id))
		.map(topOf);
}

/** One look at all that can be of use, and only if something is; another at what nobody thought of. */
function currentReader(
	session: CrmSession,
	entity: Entity,
	id: number,
	parts: string[],
): ReadCurrent {
	const known = new Set(parts);
	let reading: Promise<EntityRecord> | undefined;
	return async (properties) => {
		const isComplete = properties.every((property) => known.has(property));
		for (const property of properties) known.add(property);
		if (!isComplete) reading = undefined;
		return await (reading ??= readRecord(session, entity, id, [...known]));
	};
}

/** Lines of addresses that change, together with the lines that stay: SuperOffice replaces them only whole. */
async function withWholeAddresses(changes: Change[], readCurrent: ReadCurrent): Promise<Change[]> {
	const isLine = ({ path }: Change) => path[0] === 'Address' && path.length > 2;
	const lines = changes.filter(isLine);
	if (lines.length === 0) return changes;
	const current = await readCurrent(['Address']);
	const parts = new Map<string, Change>();
	for (const { path, value } of lines) {
		const place = path.slice(0, 2);
		const key = place.join('/');
		const before = propertyAt(current, place);
		const part = parts.get(key) ?? { path: place, value: isObject(before) ? { ...before } : {} };
		const address = part.value as Record<string, unknown>;
		delete address.Formatted;
		setProperty(address, path.slice(2), value);
		parts.set(key, part);
	}
	return [...changes.filter((change) => !isLine(change)), ...parts.values()];
}

export async function deleteRecord(session: CrmSession, entity: Entity, id: number): Promise<void> {
	await session
		.call({ method: 'DELETE', path: pathOfRecord(entity, id) })
		.catch((error: unknown) => {
			throw notFound(entity, id, error);
		});
}

/** Brings back a record that was deleted not too long ago. */
export async function undeleteRecord(
	session: CrmSession,
	entity: Entity,
	id: number,
): Promise<EntityRecord> {
	const { undelete } = entity;
	if (undelete === undefined) throw new Error(`A deleted ${entity.label} cannot be brought back`);
	const request = {
		method: 'POST',
		path: undelete.path,
		body: { [undelete.idName]: undelete.takesMany ? [id] : id },
		isIdempotent: true,
	} as const;
	await session.call(request).catch((error: unknown) => {
		throw notBroughtBack(entity, id, error);
	});
	return await readRecord(session, entity, id);
}

/** An agent that finds no such record says no more than that it failed, with status 200. */
function notBroughtBack(entity: Entity, id: number, error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || error.httpStatus !== 200) return error;
	return new SuperOfficeError(
		error.code,
		`${error.message} The ${entity.label} with the ID ${id} could not be brought back.`,
		'Check the ID. SuperOffice keeps a deleted record for some time only.',
		{ httpStatus: 200 },
	);
}

function pathOfRecord(entity: Entity, id: number): string {
	return `/v1/${entity.name}/${id}`;
}

function notFound(entity: Entity, id: number, error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || error.httpStatus !== 404) return error;
	return new SuperOfficeError(
		error.code,
		`${error.message.replace(/(?<![.!?])$/, '.')} There is no ${entity.label} with the ID ${id}.`,
		'Check the ID. The record may have been deleted, or the user that SuperOffice is called as may not see it.',
		{ httpStatus: 404 },
	);
}
