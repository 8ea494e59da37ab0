import type { EntityName, StoredRecord, TenantDatabase } from '../store';
import { emptyCell, isText, numberIn, plain, type Cells, type TableColumn } from './cells';
import { encodeDate, type Table } from './table';

/** A column, and the property of the record that has its value. */
export type EntityColumn = TableColumn & { property?: string };

/** The table behind a kind of record. */
export class EntityTable implements Table {
	readonly isExtra = false;

	constructor(
		readonly name: string,
		readonly primaryKey: string,
		readonly columns: EntityColumn[],
		private readonly entity: EntityName,
		private readonly database: TenantDatabase,
	) {}

	ids(): number[] {
		return this.database.all(this.entity).map(({ id }) => id);
	}

	read(id: number): Cells | undefined {
		const record = this.database.find(this.entity, id);
		return (
			record &&
			Object.fromEntries(this.columns.map((column) => [column.name, this.cell(column, record)]))
		);
	}

	insert(cells: Cells, id?: number): number {
		const record = { values: this.valuesOf(cells), ...(id === undefined ? {} : { id }) };
		return this.database.insert(this.entity, record).id;
	}

	update(id: number, cells: Cells): void {
		this.database.update(this.entity, id, ({ values }) => {
			Object.assign(values, this.valuesOf(cells));
		});
	}

	remove(id: number): void {
		this.database.remove(this.entity, id);
	}

	private cell(column: EntityColumn, record: StoredRecord): string {
		if (column.name === this.primaryKey) return `[I:${record.id}]`;
		if (column.name === 'registered') return encodeDate(record.createdAt);
		if (column.name === 'updated') return encodeDate(record.updatedAt);
		const value = record.values[column.property ?? ''];
		if (value === undefined || value === null) return emptyCell(column);
		return isText(column) ? String(value) : `[I:${Number(value)}]`;
	}

	private valuesOf(cells: Cells): Record<string, unknown> {
		const written = this.columns.filter(({ name, property }) => property && name in cells);
		return Object.fromEntries(
			written.map((column) => {
				const cell = cells[column.name]!;
				const value = isText(column) ? cell : numberIn(cell);
				return [column.property!, column.kind === 'Checkbox' ? value === 1 : value];
			}),
		);
	}
}

/** The custom fields of a kind of record, by ProgId, and the id of the record that they belong to. */
export class UdefTable implements Table {
	readonly isExtra = false;
	readonly columns: TableColumn[];

	constructor(
		readonly name: string,
		readonly primaryKey: string,
		private readonly entity: EntityName,
		private readonly database: TenantDatabase,
	) {
		const kinds = { Number: 'Integer', List: 'MdoList', UnlimitedDate: 'Date' } as const;
		const own = database.customFields.filter(
			({ entity: owner, key }) => owner === entity && !key.startsWith('x_'),
		);
		this.columns = [
			{ name: primaryKey, label: 'Owner', kind: 'Integer' },
			...own.map(({ key, label, type, maxLength }): TableColumn => {
				const kind = type in kinds ? kinds[type as keyof typeof kinds] : type;
				return { name: key, label, kind: kind as TableColumn['kind'], maxLength };
			}),
		];
	}

	ids(): number[] {
		return this.database.all(this.entity).map(({ id }) => id);
	}

	read(id: number): Cells | undefined {
		const record = this.database.find(this.entity, id);
		return (
			record && {
				...Object.fromEntries(
					this.columns.map((column) => [
						column.name,
						record.customFields[column.name] ?? emptyCell(column),
					]),
				),
				[this.primaryKey]: `[I:${id}]`,
			}
		);
	}

	insert(): number {
		throw new Error('There is no such record');
	}

	update(id: number, cells: Cells): void {
		const fields = Object.entries(cells).filter(([name]) => name !== this.primaryKey);
		this.database.update(this.entity, id, ({ customFields }) => {
			Object.assign(customFields, Object.fromEntries(fields));
		});
	}

	remove(): void {
		throw new Error('Such rows go with their record');
	}
}

/** A list, which is only read here. */
export class ListTable implements Table {
	readonly isExtra = false;
	readonly columns: TableColumn[];

	constructor(
		readonly name: string,
		readonly primaryKey: string,
		private readonly list: string,
		private readonly database: TenantDatabase,
	) {
		this.columns = [
			{ name: primaryKey, label: 'ID', kind: 'Integer' },
			{ name: 'name', label: 'Name', kind: 'ShortText' },
			{ name: 'tooltip', label: 'Description', kind: 'ShortText' },
			{ name: 'rank', label: 'Rank', kind: 'Integer' },
		];
	}

	ids(): number[] {
		return this.database.listItems(this.list).map(({ id }) => id);
	}

	read(id: number): Cells | undefined {
		const item = this.database.listItem(this.list, id);
		return (
			item && {
				[this.primaryKey]: `[I:${id}]`,
				name: plain(item.name),
				tooltip: item.tooltip ?? '',
				rank: `[I:${item.rank ?? 0}]`,
			}
		);
	}

	insert(): number {
		throw new Error('Lists are only read here');
	}

	update(): void {
		throw new Error('Lists are only read here');
	}

	remove(): void {
		throw new Error('Lists are only read here');
	}
}
