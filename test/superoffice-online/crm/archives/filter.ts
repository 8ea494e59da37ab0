import { SYSTEM_USER, type StoredRecord } from '../store';
import type { Literal } from './literals';
import { anyTypesOperator, operatorsOf, type Operator } from './operators';
import { datetimeOperators } from './date-operators';
import type { Column, Provider } from './providers';
import { illegal, type ApiError } from '../errors';
import type { Reading } from './reading';
import { tokensOf, type Token } from './tokens';

type Test = (record: StoredRecord) => boolean;

/** A filter that has been read. */
export interface Filter {
	columns: string[];
	matches: Test;
}

const FUNCTIONS: Record<string, { operator: string; valueFirst?: boolean }> = {
	substringof: { operator: 'contains', valueFirst: true },
	startswith: { operator: 'begins' },
	endswith: { operator: 'ends' },
	contains: { operator: 'contains' },
};

/**
 * Reads a filter like `name begins 'A' and (number is '1' or getAllRows=true)`; `and` binds tighter than `or`.
 * @throws ApiError 400 naming what does not fit
 */
export function readFilter(text: string, provider: Provider, reading: Reading): Filter {
	return new FilterReader(text, provider, reading).filter();
}

/** Strict: by its type's name, a column of texts may take a text of digits for the record's key as well. */
function meansKey({ type, name }: Column, operator: string): boolean {
	return type === 'stringorPK' && !name.includes('/') && ['is', 'eq', 'in'].includes(operator);
}

class FilterReader {
	private readonly tokens: Token[];
	private readonly columns: string[] = [];
	private at = 0;

	constructor(
		private readonly text: string,
		private readonly provider: Provider,
		private readonly reading: Reading,
	) {
		this.tokens = tokensOf(text);
	}

	filter(): Filter {
		const matches = this.either();
		if (this.at < this.tokens.length) throw this.illegal();
		return { columns: this.columns, matches };
	}

	private either(): Test {
		const tests = [this.both()];
		while (this.takeWord('or')) tests.push(this.both());
		return (record) => tests.some((test) => test(record));
	}

	private both(): Test {
		const tests = [this.single()];
		while (this.takeWord('and')) tests.push(this.single());
		return (record) => tests.every((test) => test(record));
	}

	private single(): Test {
		if (this.take('(')) {
			const test = this.either();
			this.need(')');
			return test;
		}
		const name = this.needWord();
		const call = FUNCTIONS[name];
		if (call && this.take('(')) return this.functionCall(call);
		return this.restriction(this.column(name));
	}

	private functionCall({ operator, valueFirst }: { operator: string; valueFirst?: boolean }): Test {
		const first = valueFirst ? this.literal() : this.column(this.needWord());
		this.need(',');
		const second = valueFirst ? this.column(this.needWord()) : this.literal();
		this.need(')');
		const [literal, column] = valueFirst ? [first, second] : [second, first];
		return this.test(column as Column, operator, [literal as Literal]);
	}

	private restriction(column: Column): Test {
		const isEqualSign = this.take('=');
		const name = isEqualSign ? '=' : this.needWord();
		const operator = this.operator(column, name);
		return this.test(column, name, this.literals(operator.values));
	}

	private test(column: Column, name: string, literals: Literal[]): Test {
		const operator = this.operator(column, name);
		const { timeZone, timeZoneWasAsked, database } = this.reading;
		const passes = this.about(column, () =>
			operator.test(literals, {
				now: database.clock.now(),
				associateId: SYSTEM_USER,
				// Times of making and changing are stored in UTC, and compared so unless the caller names a zone.
				zone: column.isUtc && !timeZoneWasAsked ? 'UTC' : timeZone.zone,
			}),
		);
		if (column.name === 'getAllRows') return () => passes(true);
		if (column.name === 'getNoRows') return () => !passes(true);
		const { entity } = this.provider;
		const how = operator.negative ? 'every' : 'some';
		const keys = meansKey(column, name) ? literals.map(({ text }) => text) : [];
		return (record) =>
			keys.includes(String(record.id)) ||
			column.read(this.reading.visible(entity, record), this.reading)[how](passes);
	}

	private column(name: string): Column {
		const column = this.provider.column(name, this.reading.database);
		if (!column) throw illegal(`Unknown column in the filter: '${name}'`);
		if (column.type === '-') throw illegal(`The column '${name}' cannot be restricted`);
		this.columns.push(name);
		return column;
	}

	private operator({ name: column, type, isUtc }: Column, name: string): Operator {
		const isAll = column === 'getAllRows' || column === 'getNoRows';
		const operator =
			operatorsOf(type)[isAll && name === '=' ? 'set' : name] ??
			// Although they are dates, their times are stored, and synchronisations go by them.
			(isUtc ? datetimeOperators[name] : undefined) ??
			anyTypesOperator(name, type);
		if (operator) return operator;
		throw illegal(`The column '${column}' (${type}) has no operator '${name}'`);
	}

	private literals(values: Operator['values']): Literal[] {
		if (values === '') return [];
		if (values === 'W') return [this.literal()];
		if (values === 'R' && this.tokens[this.at]?.kind !== '(') {
			const numbers: Literal[] = [];
			while (/^\d+$/.test(this.word() ?? '')) numbers.push(this.literal());
			return numbers;
		}
		this.need('(');
		const literals = [this.literal()];
		while (this.take(',')) literals.push(this.literal());
		this.need(')');
		if (values === 'W;W' && literals.length !== 2) {
			throw illegal(`Two values are needed in brackets: ${this.text}`);
		}
		return literals;
	}

	private literal(): Literal {
		const token = this.tokens[this.at];
		if (!token || !('text' in token)) throw this.illegal();
		this.at += 1;
		return token;
	}

	/** Names the column in what is wrong with its values. */
	private about<Result>({ name }: Column, read: () => Result): Result {
		try {
			return read();
		} catch (error) {
			throw illegal(`The column '${name}': ${(error as Error).message}`);
		}
	}

	private word(): string | undefined {
		const token = this.tokens[this.at];
		return token?.kind === 'word' ? token.text : undefined;
	}

	private needWord(): string {
		const word = this.word();
		if (word === undefined) throw this.illegal();
		this.at += 1;
		return word;
	}

	private takeWord(word: string): boolean {
		if (this.word() !== word) return false;
		this.at += 1;
		return true;
	}

	private take(kind: Token['kind']): boolean {
		if (this.tokens[this.at]?.kind !== kind) return false;
		this.at += 1;
		return true;
	}

	private need(kind: Token['kind']): void {
		if (!this.take(kind)) throw this.illegal();
	}

	private illegal(): ApiError {
		return illegal(`Illegal filter: ${this.text}`);
	}
}
