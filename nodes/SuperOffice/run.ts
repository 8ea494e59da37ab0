import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { CrmSessions } from '../../n8n/crm-sessions';
import {
	isEmpty,
	readBoolean,
	readLimit,
	recordIdFromUrl,
	SuperOfficeError,
	type CrmSession,
	type Entity,
} from '../../superoffice';

/** A record, as a resource locator gives it. */
export interface Locator {
	mode: string;
	value: unknown;
}

/** One execution of the node: its parameters, read for an item, and its tenants. */
export class Run {
	private readonly sessions: CrmSessions;

	constructor(readonly context: IExecuteFunctions) {
		const { language, timeout } = this.firstOptions() as { language?: string; timeout?: number };
		this.sessions = new CrmSessions(context, { language: language || undefined, timeout });
	}

	/** Those of the first item that they can be read of; an item whose expressions fail is told so itself. */
	private firstOptions(): IDataObject {
		for (const item of this.context.getInputData().keys()) {
			try {
				return this.options(item);
			} catch {
				continue;
			}
		}
		return {};
	}

	/** @throws what an expression in the item's options comes to, also where they are not used */
	async sessionFor(item: number): Promise<CrmSession> {
		this.options(item);
		return await this.sessions.sessionFor(item);
	}

	options(item: number): IDataObject {
		return this.context.getNodeParameter('options', item, {}) as IDataObject;
	}

	/**
	 * The id of the record in a resource locator, or in a plain parameter.
	 *
	 * @throws SuperOfficeError `INVALID_INPUT`
	 */
	recordIdIn(
		parameter: string,
		item: number,
		entity: Pick<Entity, 'name' | 'label' | 'clientParameter'>,
		{ tenant }: CrmSession,
	): number {
		const given = this.context.getNodeParameter(parameter, item) as Locator | string | number;
		const { mode, value } = typeof given === 'object' ? given : { mode: 'id', value: given };
		const text = String(value ?? '').trim();
		return mode === 'url' ? recordIdFromUrl(text, entity, tenant) : readRecordId(text, entity);
	}

	/** The same for all items with the same plain id, which are to be handled one after the other. */
	orderKeyOf(parameter: string, item: number): string {
		try {
			return this.text(parameter, item);
		} catch {
			// Told when the item is handled.
			return `item ${item}`;
		}
	}

	/** The text in a resource locator, or in a plain parameter; empty if there is none. */
	text(parameter: string, item: number): string {
		const given = this.context.getNodeParameter(parameter, item, '') as Locator | string | null;
		const value = typeof given === 'object' ? given?.value : given;
		return String(value ?? '').trim();
	}

	/**
	 * How many results are wanted; `undefined` for all.
	 *
	 * @throws SuperOfficeError `INVALID_INPUT`
	 */
	limit(item: number): number | undefined {
		const returnAll: unknown = this.context.getNodeParameter('returnAll', item, false);
		if (!isEmpty(returnAll) && readBoolean('Return All', returnAll)) return undefined;
		return readLimit('Limit', this.context.getNodeParameter('limit', item, 50));
	}
}

/** SuperOffice turns down a whole call with a larger one in it. */
const largestId = 2 ** 31 - 1;

/** @throws SuperOfficeError `INVALID_INPUT` */
export function readRecordId(
	text: string,
	{ label }: Pick<Entity, 'label'>,
	cure = `Choose a ${label} from the list, or enter its ID, a whole number.`,
): number {
	if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= largestId) return Number(text);
	throw new SuperOfficeError(
		'INVALID_INPUT',
		text === '' ? `No ${label} is chosen.` : `“${text.slice(0, 50)}” is not the ID of a ${label}.`,
		cure,
	);
}

/** A list, or text with commas. */
export function toTexts(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function toObject(value: unknown): Record<string, unknown> {
	if (isEmpty(value)) return {};
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
		return parsed as Record<string, unknown>;
	}
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Additional Properties is not a JSON object.',
		'Enter an object with SuperOffice’s own property names, such as {"Kananame": "text"}.',
	);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
