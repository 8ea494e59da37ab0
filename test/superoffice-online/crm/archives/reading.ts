import type { Call } from '../../messages';
import type { EntityName, StoredRecord, TenantDatabase } from '../store';
import type { Tenant } from '../tenants';
import { illegal } from '../errors';
import { readTimeZone, type TimeZone } from '../wire-dates';
import { translator, type Translate } from '../wire-texts';

/** What has archives: the entities of the database, users, which are a list there, messages, and members of selections. */
export type ArchiveEntity = EntityName | NoEntity;

type NoEntity = 'User' | 'TicketMessage' | 'SelectionMember';

/** A call that reads a tenant's database: what it may see, in which language and time zone. */
export class Reading {
	readonly database: TenantDatabase;
	readonly timeZone: TimeZone;
	/** Whether the caller named the time zone, or it is the tenant's base time zone */
	readonly timeZoneWasAsked: boolean;
	/** Gives a text that may be stored in several languages in the one that the caller asked for */
	readonly text: Translate;

	/** @throws ApiError 400 if there is no such time zone */
	constructor(
		readonly tenant: Tenant,
		{ headers }: Call,
	) {
		this.database = tenant.data;
		const asked = headers['so-timezone'] as string | undefined;
		const timeZone = readTimeZone(asked, tenant.settings.baseTimeZone);
		if (!timeZone) throw illegal(`Unknown time zone: ${asked}`);
		this.timeZone = timeZone;
		this.timeZoneWasAsked = asked !== undefined;
		this.text = translator(headers);
	}

	/** Whether the caller may see the record. */
	sees(entity: ArchiveEntity, { id }: StoredRecord): boolean {
		return !isEntity(entity) || !this.tenant.settings.hiddenRecords[entity]?.includes(id);
	}

	/** The record without the properties that the caller may not see. */
	visible(entity: ArchiveEntity, record: StoredRecord): StoredRecord {
		const hidden = isEntity(entity) ? this.tenant.settings.hiddenProperties[entity] : undefined;
		if (!hidden?.length) return record;
		const kept = <Value>(values: Record<string, Value>, prefix = '') =>
			Object.fromEntries(
				Object.entries(values).filter(([name]) => !hidden.includes(`${prefix}${name}`)),
			);
		return Object.assign(Object.create(record) as StoredRecord, {
			values: kept(record.values),
			customFields: kept(record.customFields, 'CustomFields.'),
		});
	}
}

function isEntity(entity: ArchiveEntity): entity is EntityName {
	const others: readonly NoEntity[] = ['User', 'TicketMessage', 'SelectionMember'];
	return !others.some((other) => other === entity);
}
