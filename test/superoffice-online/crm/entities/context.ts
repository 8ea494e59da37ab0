import type { Call } from '../../messages';
import { illegal } from '../errors';
import { entities, type Entity, type Property } from '../reference';
import type { CustomFieldDefinition, EntityName, TenantDatabase } from '../store';
import type { Tenant } from '../tenants';
import { readTimeZone, type TimeZone } from '../wire-dates';
import { translator, type Translate } from '../wire-texts';

/** What is needed to read and write one kind of entity in the way one request wants it. */
export interface Context {
	tenant: Tenant;
	database: TenantDatabase;
	entity: EntityName;
	reference: Entity;
	customFields: CustomFieldDefinition[];
	timeZone: TimeZone;
	translate: Translate;
}

export function contextOf(call: Call, tenant: Tenant, entity: EntityName): Context {
	const { settings, data: database } = tenant;
	const header = call.headers['so-timezone'] as string | undefined;
	const timeZone = readTimeZone(header, settings.baseTimeZone);
	if (!timeZone) throw illegal(`SO-TimeZone: unknown time zone '${header}'`);
	return {
		tenant,
		database,
		entity,
		reference: entities[entity],
		customFields: database.customFields.filter((field) => field.entity === entity),
		timeZone,
		translate: translator(call.headers),
	};
}

/** Whether the caller may not see a property. */
export function isHidden({ tenant, entity }: Context, name: string): boolean {
	return tenant.settings.hiddenProperties[entity]?.includes(name) ?? false;
}

/** Whether the property, or the custom field of that key, must be filled in. */
export function isMandatory(context: Context, name: string): boolean {
	const { tenant, entity, reference, customFields } = context;
	return (
		reference.properties[name]?.mandatory === true ||
		customFields.some(({ key, mandatory }) => key === name && mandatory === true) ||
		(tenant.settings.mandatory[entity]?.includes(name) ?? false)
	);
}

/** A property by its name in any case, as paths have it. */
export function findProperty(
	{ reference }: Context,
	name: string,
): { name: string; property: Property } | undefined {
	const found = Object.entries(reference.properties).find(
		([known]) => known.toLowerCase() === name.toLowerCase(),
	);
	return found && { name: found[0], property: found[1] };
}
