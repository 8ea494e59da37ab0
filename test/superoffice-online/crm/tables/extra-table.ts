import type { Clock } from '../../control/clock';
import { emptyCell, type Cells, type TableColumn } from './cells';
import type { RowChange } from '../webhooks/row-events';
import { encodeDate, type Table } from './table';

const STANDARD: TableColumn[] = [
	{ name: 'id', label: 'ID', kind: 'Integer', isStandard: true, isReadOnly: true },
	{
		name: 'last_changed',
		label: 'Last changed',
		kind: 'DateTime',
		isStandard: true,
		isReadOnly: true,
	},
	{ name: 'dbi_agent_id', label: 'DBI agent', kind: 'Integer', isStandard: true },
	{ name: 'dbi_key', label: 'DBI key', kind: 'ShortText', maxLength: 255, isStandard: true },
];

/** A table that the tenant has added. The database gives its rows their ids. */
export class ExtraTable implements Table {
	readonly primaryKey = 'id';
	readonly isExtra = true;
	readonly columns: TableColumn[];
	private readonly rows = new Map<number, Cells>();
	private lastId = 0;

	constructor(
		readonly name: string,
		readonly label: string,
		columns: TableColumn[],
		private readonly clock: Clock,
		/** Told of every change */
		private readonly changed: (change: RowChange) => void = () => {},
	) {
		this.columns = [...STANDARD, ...columns];
	}

	ids(): number[] {
		return [...this.rows.keys()];
	}

	read(id: number): Cells | undefined {
		const cells = this.rows.get(id);
		if (!cells) return undefined;
		const all = this.columns.map((column) => [
			column.name,
			cells[column.name] ?? emptyCell(column),
		]);
		return { ...Object.fromEntries(all), id: `[I:${id}]` };
	}

	insert(cells: Cells): number {
		this.lastId += 1;
		this.write(this.lastId, cells);
		return this.lastId;
	}

	update(id: number, cells: Cells): void {
		this.write(id, { ...this.rows.get(id), ...cells });
	}

	remove(id: number): void {
		const before = this.read(id);
		this.rows.delete(id);
		if (before) this.changed({ table: this.name, columns: this.columns, id, before });
	}

	private write(id: number, cells: Cells): void {
		const before = this.read(id);
		this.rows.set(id, { ...cells, last_changed: encodeDate(this.clock.now()) });
		const after = this.read(id);
		this.changed({ table: this.name, columns: this.columns, id, before, after });
	}
}
