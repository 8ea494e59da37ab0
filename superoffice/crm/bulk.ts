import { SuperOfficeError } from '../errors';
import { requireSuccess } from '../tenants/api-answer';
import { batchesOf, identityOf, type Batch, type BulkRow } from './bulk-batches';
import { isObject, type CrmSession } from './crm-session';
import type { Table } from './tables';
import { contentOf, isSameName, type Cells } from './table-values';

/** Milliseconds that a call may take, unless the user says otherwise. */
export const bulkTimeout = 2 * 60_000;

/** Calls after one that was turned down, to find out which of its rows SuperOffice does not take. */
const mostRepeats = 60;

/** What became of a row. */
export interface BulkOutcome {
	/** Of the row; SuperOffice does not tell it of rows that were inserted without a key. */
	id?: number;
	/** `written` where SuperOffice does not say which of them. */
	outcome: 'inserted' | 'updated' | 'unchanged' | 'written';
	/** Its first call was turned down: what is unchanged now may have been written by that one. */
	repeated?: true;
}

export type RowResult = BulkOutcome | SuperOfficeError;

interface BulkRequest {
	table: Table;
	/** Columns that rows are found by. */
	keys: readonly string[];
	rows: readonly Cells[];
	/** Whether no further call is begun once a row has failed. */
	stopsAtFailure?: boolean;
	/** Ends it between two calls. */
	signal?: AbortSignal;
}

/**
 * Writes rows into a table of the database: those whose keys are there are updated, the others inserted. Up to 1,000 go
 * into one call. If SuperOffice turns a call down, which may have been done in part by then, it is repeated with half of
 * its rows at a time, so that only those fail that SuperOffice does not take. A call without an answer is not repeated.
 *
 * Where the key is the table's primary key, rows without it are inserted. Such a call is not repeated: its rows could be
 * there twice.
 *
 * @returns what became of each row; `undefined` for those that were not sent
 */
export async function upsertRows(
	session: CrmSession,
	{ table, keys, rows, stopsAtFailure = false, signal }: BulkRequest,
): Promise<Array<RowResult | undefined>> {
	const results: Array<RowResult | undefined> = rows.map(() => undefined);
	for (const batch of batchesOf(table, keys, rows)) {
		signal?.throwIfAborted();
		const own = await new BulkCall(session, table, keys, batch, signal).send();
		for (const [row, result] of own) results[row.index] = result;
		if (stopsAtFailure && [...own.values()].some((each) => each instanceof Error)) break;
	}
	return results;
}

/** One call, and those that follow it if it is turned down. */
class BulkCall {
	private readonly results = new Map<BulkRow, RowResult>();

	private repeats = 0;

	constructor(
		private readonly session: CrmSession,
		private readonly table: Table,
		private readonly keys: readonly string[],
		private readonly batch: Batch,
		private readonly signal: AbortSignal | undefined,
	) {}

	async send(): Promise<Map<BulkRow, RowResult>> {
		const { rows } = this.batch;
		await this.sendRows(rows).catch((error: unknown) => {
			// Nothing is known of those that have no result, as they were in a call that was turned down, or had no answer.
			if (!(error instanceof SuperOfficeError)) throw error;
			for (const row of rows) if (!this.results.has(row)) this.results.set(row, this.lost(error));
		});
		return this.results;
	}

	private async sendRows(rows: readonly BulkRow[]): Promise<void> {
		const refusal = await this.call(rows).then(
			(answer) => {
				this.note(rows, answer);
				return undefined;
			},
			(error: unknown) => {
				if (isRefusal(error)) return error;
				throw error;
			},
		);
		if (refusal === undefined) return;
		if (rows.length === 1) return this.fail(rows, this.named(refusal, rows[0]!));
		if (!this.batch.hasKeys || this.repeats + 2 > mostRepeats) {
			return this.fail(rows, together(refusal, rows.length));
		}
		this.repeats += 2;
		const middle = Math.ceil(rows.length / 2);
		for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
			this.signal?.throwIfAborted();
			await this.sendRows(half);
		}
	}

	private async call(rows: readonly BulkRow[]): Promise<Record<string, unknown>> {
		const { columns, hasKeys } = this.batch;
		const path = `/v1/Agents/DatabaseTable/${hasKeys ? 'Upsert' : 'Insert'}`;
		const body = {
			TableName: this.table.name,
			Columns: columns,
			...(hasKeys ? { Keys: columns.filter((column) => this.isKey(column)) } : {}),
			Data: rows.map(({ cells }) => columns.map((column) => cells[column]!)),
			...(hasKeys ? { NomatchAction: 'NoChange', ReturnRowStatus: true } : {}),
		};
		const answer = await this.session.callForObject({
			method: 'POST',
			path,
			body,
			timeout: bulkTimeout,
		});
		// As agents do where an argument is wrong.
		if (answer.Success === false) {
			requireSuccess({ status: 200, body: { Message: answer.Message } }, path, []);
		}
		return answer;
	}

	private isKey(column: string): boolean {
		return this.keys.some((key) => isSameName(key, column));
	}

	private note(rows: readonly BulkRow[], { RowStatus }: Record<string, unknown>): void {
		const repeated = this.repeats > 0 ? { repeated: true as const } : {};
		if (!this.batch.hasKeys) {
			for (const row of rows) this.results.set(row, { outcome: 'inserted' });
			return;
		}
		const statuses = Array.isArray(RowStatus) ? RowStatus.filter(isObject) : [];
		// In what order they come is not documented, nor whether keys come as they were sent.
		const byKey = new Map(statuses.map((status) => [identityOf(textsIn(status.RowKeys)), status]));
		const isByKey = rows.every(({ identity }) => byKey.has(identity));
		for (const [index, row] of rows.entries()) {
			const byPlace = statuses.length === rows.length ? statuses[index] : undefined;
			const { PrimaryKey, Action } = (isByKey ? byKey.get(row.identity) : byPlace) ?? {};
			const id = Number(PrimaryKey);
			this.results.set(row, {
				...(id > 0 ? { id } : {}),
				outcome: outcomes[String(Action)] ?? 'written',
				...repeated,
			});
		}
	}

	private fail(rows: readonly BulkRow[], error: SuperOfficeError): void {
		for (const row of rows) this.results.set(row, error.copy());
	}

	private named(refusal: SuperOfficeError, { cells }: BulkRow): SuperOfficeError {
		const { code, message, hint, httpStatus } = refusal;
		const keys = this.batch.columns
			.filter((column) => this.isKey(column))
			.map((column) => `${column}: ${contentOf(cells[column]!).slice(0, 50)}`);
		const row = keys.length > 0 ? ` (${keys.join(', ')})` : '';
		return new SuperOfficeError(code, `${message}${row}`, hint, { httpStatus });
	}

	private lost(error: SuperOfficeError): SuperOfficeError {
		const { code, message, hint, httpStatus, outcomeUnknown } = error;
		if (!outcomeUnknown && this.repeats === 0) return error.copy();
		return new SuperOfficeError(
			code,
			`${message} The row may have been written all the same.`,
			this.batch.hasKeys
				? `${hint} SuperOffice was not asked a second time. If you run this again, rows that are there already are found by their keys.`
				: 'Look for the rows in SuperOffice before you run this again. SuperOffice was not asked a second time, so that they are not there twice.',
			{ httpStatus, outcomeUnknown: true },
		);
	}
}

const outcomes: Readonly<Record<string, BulkOutcome['outcome']>> = {
	Inserted: 'inserted',
	Updated: 'updated',
	NoUpdateNeeded: 'unchanged',
};

/** Of a call that SuperOffice has read, and that fewer rows may be no reason to turn down for. */
function isRefusal(error: unknown): error is SuperOfficeError {
	if (!(error instanceof SuperOfficeError) || error.code !== 'CALL_FAILED') return false;
	return [200, 400, 404, 409, 422].includes(error.httpStatus ?? 0);
}

function together(refusal: SuperOfficeError, count: number): SuperOfficeError {
	const { code, message, hint, httpStatus } = refusal;
	return new SuperOfficeError(
		code,
		`${message} This was about ${count} rows together, some of which may have been written.`,
		`${hint} Look in SuperOffice before you run this again, with fewer rows to find the one that is wrong.`,
		{ httpStatus, outcomeUnknown: true },
	);
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map((each) => contentOf(String(each))) : [];
}
