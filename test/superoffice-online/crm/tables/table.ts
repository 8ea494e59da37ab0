import type { Cells, TableColumn } from './cells';

/** A table of the database, under the database's own names. */
export interface Table {
	name: string;
	primaryKey: string;
	/** Whether the tenant has added it */
	isExtra: boolean;
	columns: TableColumn[];
	/** Of all its rows */
	ids(): number[];
	/** All columns of a row */
	read(id: number): Cells | undefined;
	/** @returns the new row's id, which is the next one unless it is given */
	insert(cells: Cells, id?: number): number;
	update(id: number, cells: Cells): void;
	remove(id: number): void;
}

/** By its name in any case. */
export function columnNamed({ columns }: Table, name: string): TableColumn | undefined {
	return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

export function encodeDate(date: Date): string {
	const [day, time] = date.toISOString().slice(0, 19).split('T');
	const [year, month, date_] = day!.split('-');
	return `[DT:${month}/${date_}/${year} ${time}.0000000]`;
}
