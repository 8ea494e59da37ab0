import { ApiError, illegal } from '../errors';
import type { StoredRecord } from '../store';
import { findProperty, isHidden, isMandatory, type Context } from './context';
import {
	emptyCustomField,
	findCustomField,
	readCustomField,
	readCustomFields,
} from './custom-fields';
import { isOfCompany } from './field-properties';
import { readProperty } from './read';
import { settle } from './settle';
import { renderProperty } from './render';

/** Parts of an entity that say something about it, and are not taken when they are sent back. */
const ABOUT = new Set(['_Links', 'TableRight', 'FieldProperties']);
const WRITABLE_STAMPS: Record<string, 'createdBy' | 'updatedBy'> = {
	CreatedBy: 'createdBy',
	UpdatedBy: 'updatedBy',
};

/** A record as it will be once a request is carried out: all of it, or nothing. */
export class Draft {
	/** Properties and keys of custom fields that the request has set */
	readonly touched = new Set<string>();
	/** The stamps that the request has set */
	readonly stamps: Partial<Pick<StoredRecord, 'createdBy' | 'updatedBy'>> = {};
	readonly record: StoredRecord;

	constructor(
		private readonly context: Context,
		private readonly before: StoredRecord,
	) {
		const { id, createdAt, updatedAt, createdBy, updatedBy } = before;
		this.record = {
			...{ id, createdAt, updatedAt, createdBy, updatedBy },
			values: structuredClone(before.values),
			customFields: { ...before.customFields },
		};
	}

	/** Takes a whole entity: what is not in it becomes empty, but for what the caller may not see. */
	replaceAll(entity: Record<string, unknown>): void {
		const { reference } = this.context;
		const unknown = Object.keys(entity).find(
			(name) => !(name in reference.properties) && !ABOUT.has(name),
		);
		if (unknown !== undefined) throw illegal(`Unknown property '${unknown}'`);
		const id = entity[reference.id] ?? 0;
		if (id !== 0 && id !== this.record.id) {
			throw illegal(`${reference.id}: ${JSON.stringify(id)} is not the id of this entity`);
		}
		for (const [name, property] of Object.entries(reference.properties)) {
			const value = entity[name] ?? null;
			const hidden = isHidden(this.context, name);
			if (hidden && value !== null) throw forbidden(name);
			if (property.readOnly || hidden || isOfCompany(this.context, this.before, name)) continue;
			this.set(name, value);
		}
	}

	/** A property as the caller would read it by now. */
	get(name: string): unknown {
		const { property } = this.find(name);
		return renderProperty(this.context, this.record, name, property);
	}

	/** Sets a property to what the wire has for it; null empties it. */
	set(name: string, value: unknown): void {
		const { context, record } = this;
		this.touched.add(name);
		if (name === 'CustomFields') {
			record.customFields = readCustomFields(context, value);
			return;
		}
		record.values[name] = readProperty(context, record, name, this.find(name).property, value);
	}

	/** Sets one custom field; null empties it. */
	setCustomField(key: string, value: unknown): void {
		const field = findCustomField(this.context, key);
		this.touched.add(field.key);
		this.record.customFields[field.key] = readCustomField(this.context, field, value);
	}

	/** Sets a property for one change among many, which must be one that the caller may write. */
	change(name: string, value: unknown): void {
		const { property } = this.find(name);
		const stamp = WRITABLE_STAMPS[name];
		if (stamp && ['Contact', 'Person'].includes(this.context.entity)) {
			this.stamps[stamp] = Number(readProperty(this.context, this.record, name, property, value));
			return;
		}
		if (property.readOnly) throw illegal(`${name}: is read-only`);
		const before = JSON.stringify(this.get(name));
		this.set(name, value);
		const changed = before !== JSON.stringify(this.get(name));
		if (isHidden(this.context, name)) throw forbidden(name);
		if (changed && isOfCompany(this.context, this.before, name)) throw forbidden(name);
	}

	/** Whether a property or a custom field is empty that must not be. */
	isMissing(name: string): boolean {
		if (!isMandatory(this.context, name)) return false;
		const field = this.context.customFields.find(({ key }) => key === name);
		if (field) {
			const text = this.record.customFields[name];
			return text === undefined || text === emptyCustomField(field);
		}
		const value = this.record.values[name];
		if (typeof value === 'string') return value.trim() === '';
		return Array.isArray(value) ? value.length === 0 : (value ?? 0) === 0;
	}

	/** All that must be filled in and is not. */
	missing(): string[] {
		const { reference, customFields } = this.context;
		const names = [...Object.keys(reference.properties), ...customFields.map(({ key }) => key)];
		return names.filter((name) => this.isMissing(name));
	}

	/** Throws where what was set does not fit together, or empties what must be filled in. */
	check(): void {
		settle(this.context, this.record.values, this.touched);
		const isTouched = (name: string) =>
			this.touched.has(name in this.context.reference.properties ? name : 'CustomFields') ||
			this.touched.has(name);
		const missing = this.missing().find(isTouched);
		if (missing !== undefined) throw illegal(`${missing}: is mandatory`);
		const { database, reference } = this.context;
		const { Person: personId, Contact: contactId = 0 } = this.record.values;
		if (!personId || !('Contact' in reference.properties)) return;
		if (!this.touched.has('Person') && !this.touched.has('Contact')) return;
		const person = database.findEvenDeleted('Person', Number(personId));
		if (person && person.values.Contact !== contactId) {
			throw illegal(`Person: ${String(personId)} does not belong to contact ${String(contactId)}`);
		}
	}

	private find(name: string) {
		const found = findProperty(this.context, name);
		if (!found) throw illegal(`Unknown property '${name}'`);
		return found;
	}
}

function forbidden(name: string): ApiError {
	return new ApiError(403, 'SoAccessDeniedException', `${name}: no right to change it`);
}
