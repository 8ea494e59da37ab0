import {
	equalsAny,
	hasControlCharacter,
	refuseBackslash,
	refuseControlCharacters,
} from './archive-filter';
import { archiveRows } from './archive-rows';
import type { RecordInput } from './changes';
import type { CrmSession } from './crm-session';
import type { Field } from './entity';
import { isEmpty } from './read-values';

/** Where records that others refer to are looked up, by what their id is called. */
const archives: Record<string, { provider: string; primaryKey: string; name: string }> = {
	ContactId: { provider: 'SimpleContact', primaryKey: 'contactId', name: 'name' },
	PersonId: { provider: 'Person', primaryKey: 'personId', name: 'fullName' },
	ProjectId: { provider: 'FindProject', primaryKey: 'projectId', name: 'name' },
	SaleId: { provider: 'FindSale', primaryKey: 'saleId', name: 'heading' },
	AppointmentId: { provider: 'FindAppointment', primaryKey: 'appointmentId', name: 'text' },
	DocumentId: { provider: 'FindDocument', primaryKey: 'documentId', name: 'text' },
	TicketId: { provider: 'Ticket', primaryKey: 'ticketId', name: 'title' },
};

const mostInOneQuery = 100;

interface NamedRecord {
	id: number;
	name: string;
}

/** Which records have which names, for references that were given by name; many are asked for together. */
export class RecordNames {
	private readonly byName = new Map<string, Promise<NamedRecord[]>>();

	private readonly byId = new Map<string, Promise<NamedRecord[]>>();

	constructor(private readonly session: CrmSession) {}

	/** Asks for the names that records are going to be given for others in these inputs, up to 100 in one query. */
	prefetch(fields: readonly Field[], inputs: readonly RecordInput[]): void {
		for (const field of fields) {
			const { idProperty = '' } = field;
			if (field.type !== 'record' || !Object.hasOwn(archives, idProperty)) continue;
			const named = inputs.map(({ values }) => ({
				name: textIn(values[field.id]),
				id: values[`${field.id}Id`],
			}));
			// An ID is none, and one that cannot be searched for is turned down where it is used.
			const isName = ({ name }: { name?: string }) =>
				!isEmpty(name) && !/^\d*$|\\/.test(name!) && !hasControlCharacter(name!);
			const wanted = named.filter(isName);
			const isRead = ({ id }: { id: unknown }) => typeof id === 'number' && id > 0;
			const names = wanted.filter((one) => !isRead(one)).map(({ name }) => name!);
			const ids = wanted.filter(isRead).map(({ id }) => id as number);
			this.load(this.byName, idProperty, [...new Set(names)]);
			this.load(this.byId, idProperty, [...new Set(ids)]);
		}
	}

	/** The records with exactly this name, as SuperOffice compares names. */
	async named(field: Field, name: string): Promise<NamedRecord[]> {
		const idProperty = field.idProperty ?? '';
		refuseBackslash(field.label, name);
		refuseControlCharacters(field.label, name);
		this.load(this.byName, idProperty, [name]);
		return (await this.byName.get(keyOf(idProperty, name))) ?? [];
	}

	async nameOf(field: Field, id: number): Promise<string | undefined> {
		const idProperty = field.idProperty ?? '';
		this.load(this.byId, idProperty, [id]);
		return (await this.byId.get(keyOf(idProperty, id)))?.[0]?.name.trim();
	}

	private load<T extends string | number>(
		known: Map<string, Promise<NamedRecord[]>>,
		idProperty: string,
		values: T[],
	): void {
		const archive = archives[idProperty];
		if (archive === undefined) return;
		const missing = values.filter((value) => !known.has(keyOf(idProperty, value)));
		for (let start = 0; start < missing.length; start += mostInOneQuery) {
			const chunk = missing.slice(start, start + mostInOneQuery);
			const isId = known === this.byId;
			const column = isId
				? { name: archive.primaryKey, type: 'int' }
				: { name: archive.name, type: 'string' };
			const rows = this.query(archive, equalsAny(column, chunk, this.session));
			for (const value of chunk) {
				const key = keyOf(idProperty, value);
				const own = rows.then((all) =>
					all.filter(({ id, name }) => keyOf(idProperty, isId ? id : name) === key),
				);
				own.catch(() => known.delete(key));
				known.set(key, own);
			}
		}
	}

	private async query(
		{ provider, primaryKey, name }: { provider: string; primaryKey: string; name: string },
		filter: string,
	): Promise<NamedRecord[]> {
		const found: NamedRecord[] = [];
		const query = { provider, primaryKey, columns: [primaryKey, name], filter };
		for await (const row of archiveRows(this.session, query)) {
			found.push({ id: Number(row[primaryKey]), name: String(row[name] ?? '') });
		}
		return found;
	}
}

function textIn(value: unknown): string | undefined {
	return typeof value === 'string' ? value.trim() : undefined;
}

function keyOf(idProperty: string, value: string | number): string {
	return `${idProperty} ${String(value).trim().toLocaleLowerCase()}`;
}

export async function recordNamesOf(session: CrmSession): Promise<RecordNames> {
	return await session.once(
		'record names',
		async () => await Promise.resolve(new RecordNames(session)),
	);
}
