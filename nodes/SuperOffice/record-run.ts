import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	fieldsOf,
	idKeyOf,
	peekRecordId,
	recordNamesOf,
	simplify,
	type CrmSession,
	type Entity,
	type EntityRecord,
	type Field,
	type RecordInput,
} from '../../superoffice';
import { isTool } from './is-tool';
import { Run, toObject, toTexts, type Locator } from './run';

interface Mapping {
	mappingMode: 'defineBelow' | 'autoMapInputData';
	value: IDataObject | null;
	matchingColumns?: string[];
}

/** One execution of an operation on records of one kind. */
export class RecordRun extends Run {
	constructor(
		context: IExecuteFunctions,
		readonly entity: Entity,
	) {
		super(context);
	}

	/** @throws also what an expression about the output comes to: too late once something is written */
	override async sessionFor(item: number): Promise<CrmSession> {
		for (const name of ['simplify', 'output', 'outputFields']) {
			this.context.getNodeParameter(name, item, '');
		}
		return await super.sessionFor(item);
	}

	/** Items about the same record are handled one after the other. */
	orderKey(item: number, parameter = 'recordId'): string {
		const { mode, value } = this.locator(item, parameter);
		const text = String(value ?? '').trim();
		return mode === 'url' ? String(peekRecordId(text, this.entity) ?? text) : text;
	}

	/** One of its own where the expression fails, which is told when the item is handled. */
	private locator(item: number, parameter: string): Locator {
		try {
			return this.context.getNodeParameter(parameter, item) as Locator;
		} catch {
			return { mode: 'id', value: `item ${item}` };
		}
	}

	/** @throws SuperOfficeError `INVALID_INPUT` */
	recordId(item: number, session: CrmSession, parameter = 'recordId'): number {
		return this.recordIdIn(parameter, item, this.entity, session);
	}

	/** What was filled in for an item. */
	input(item: number): RecordInput {
		const { emptyFields, additionalProperties } = this.options(item);
		return {
			values: this.values(item),
			emptyFields: toTexts(emptyFields),
			additionalProperties: toObject(additionalProperties),
		};
	}

	/** The same for all items; of another, an expression may fail. */
	matchingColumns(item: number): string[] {
		return this.mapping(item).matchingColumns ?? [];
	}

	/** Asks for the names of all records that the items refer to together; what fails is told for each item later. */
	async prefetchNames(): Promise<void> {
		const inputs = new Map<CrmSession, RecordInput[]>();
		for (const item of this.context.getInputData().keys()) {
			try {
				const session = await this.sessionFor(item);
				const own = inputs.get(session) ?? [];
				own.push(this.input(item));
				inputs.set(session, own);
			} catch {
				continue;
			}
		}
		for (const [session, own] of inputs) {
			(await recordNamesOf(session)).prefetch(this.entity.fields, own);
		}
	}

	/** Asks for what it takes to give a record, where none was written that needs it as well. */
	async prepareOutput(item: number, session: CrmSession): Promise<void> {
		if (!this.isRaw(item)) await fieldsOf(session, this.entity);
	}

	/** A record as the node gives it. */
	async output(item: number, session: CrmSession, record: EntityRecord): Promise<IDataObject> {
		const { context, entity } = this;
		if (this.isRaw(item)) return record as IDataObject;
		const asTool = this.asTool(item);
		const fields = await fieldsOf(session, entity);
		if (asTool === undefined) return simplify(fields, record) as IDataObject;
		if (asTool !== 'selected') return mainValues(entity, record);
		const chosen = toTexts(context.getNodeParameter('outputFields', item, ''));
		return simplify(fieldsNamed(fields, chosen), record) as IDataObject;
	}

	/** How much of a record a model wants; `undefined` in a workflow. */
	private asTool(item: number): unknown {
		const { context } = this;
		return isTool(context) ? context.getNodeParameter('output', item, 'simplified') : undefined;
	}

	private isRaw(item: number): boolean {
		const asTool = this.asTool(item);
		if (asTool !== undefined) return asTool === 'raw';
		return !this.context.getNodeParameter('simplify', item, true);
	}

	private values(item: number): IDataObject {
		const { mappingMode, value } = this.mapping(item);
		if (mappingMode === 'autoMapInputData') return this.context.getInputData()[item]!.json;
		return value ?? {};
	}

	private mapping(item: number): Mapping {
		return this.context.getNodeParameter('fields', item) as unknown as Mapping;
	}
}

/** As much as a model is to see, unless the user has chosen otherwise. */
const mostMainValues = 10;

/** What tells most of a record: what a list of records shows. Of items of lists and users the name is enough. */
function mainValues({ fields, archive }: Entity, record: EntityRecord): IDataObject {
	const isShown = ({ column }: Field) => column !== undefined && archive.columns.includes(column);
	const shown = fields.filter(isShown);
	const named = shown.filter(({ type }) => type === 'list' || type === 'user').map(idKeyOf);
	const values = Object.entries(simplify(shown, record)).filter(([key]) => !named.includes(key));
	return Object.fromEntries(values.slice(0, mostMainValues)) as IDataObject;
}

function fieldsNamed(fields: readonly Field[], ids: readonly string[]): Field[] {
	const lower = ids.map((id) => id.toLowerCase());
	return fields.filter(({ id, label }) =>
		[id, label].some((name) => lower.includes(name.toLowerCase())),
	);
}
