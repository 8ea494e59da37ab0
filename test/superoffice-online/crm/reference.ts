import reference from './reference/entities.json';
import links from './reference/link-entities.json';
import type { EntityName } from './store';

/** What SuperOffice's reference says about a property of an entity. */
export interface Property {
	type:
		| 'string'
		| 'int'
		| 'int64'
		| 'double'
		| 'bool'
		| 'date'
		| 'datetime'
		| 'enum'
		| 'ref'
		| 'list'
		| 'struct'
		| 'map';
	/** The structure that a `ref`, `struct` or `list` is of */
	of?: string;
	/** Its name in `enums` */
	enum?: string;
	/** Characters */
	max?: number;
	/** MDO list that has the ids */
	list?: string;
	/** Entity that the id points to */
	entity?: EntityName;
	/** Where a `ref` has its id */
	key?: string;
	mandatory?: true;
	readOnly?: true;
}

/** What SuperOffice's reference says about an entity. */
export interface Entity {
	/** The property with its id */
	id: string;
	/** Verbs that go by If-Modified-Since and If-Unmodified-Since */
	conditional: string[];
	/** Whether there is POST .../Validate */
	validate: boolean;
	/** Whether it has user-defined fields */
	udefLayout: boolean;
	properties: Record<string, Property>;
}

export const entities = { ...reference.entities, ...links.entities } as unknown as Record<
	EntityName,
	Entity
>;

/** Fields of structures by name, such as EntityElement and the small forms of referenced entities. */
export const structs = reference.structs as Record<string, Record<string, Property>>;

/** Names of values, by name of the enum; the first is what an empty property has. */
export const enums: Record<string, string[]> = { ...reference.enums, ...links.enums };

/** The value of a field in a structure that nothing is known about. */
export function emptyValue({ type, enum: name }: Property): unknown {
	switch (type) {
		case 'string':
			return '';
		case 'int':
		case 'int64':
		case 'double':
			return 0;
		case 'bool':
			return false;
		case 'enum':
			return enums[name!]?.[0] ?? 'Unknown';
		case 'list':
			return [];
		case 'map':
			return {};
		default:
			return null;
	}
}
