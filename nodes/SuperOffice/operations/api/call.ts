import type { IDataObject } from 'n8n-workflow';

import {
	allPages,
	apiPath,
	isEmpty,
	mayBeDone,
	readBoolean,
	readText,
	SuperOfficeError,
	type CrmRequest,
	type CrmSession,
	type QueryParameter,
} from '../../../../superoffice';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { callProperties } from './properties';

export const call: Operation = {
	value: 'call',
	name: 'Call',
	description: 'Call any path of SuperOffice’s web API, also what no other operation covers',
	action: 'Call the API',
	properties: callProperties,
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const parameter = (name: string, fallback: unknown = undefined) =>
				context.getNodeParameter(name, item, fallback) as unknown;
			const method = parameter('method', 'GET') as CrmRequest['method'];
			const path = apiPath(
				readText('Path', parameter('path', '')),
				queryParameters(parameter('queryParameters', {})),
				session.tenant,
			);
			const { allPages: wanted = false } = run.options(item);
			if (readBoolean('All Pages', wanted)) return await readAllPages(session, method, path);
			const body = method === 'GET' ? undefined : jsonText(parameter('body', ''));
			const answer = await session
				.call({
					method,
					path,
					...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
				})
				.catch((error: unknown) => {
					throw mayBeDone(error);
				});
			return toItems(answer);
		});
	},
};

async function readAllPages(
	session: CrmSession,
	method: string | undefined,
	path: string,
): Promise<IDataObject[]> {
	if (method !== 'GET') {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`All Pages cannot be used with the method ${method}.`,
			'Remove the option All Pages, or choose the method GET.',
		);
	}
	const items: IDataObject[] = [];
	for await (const row of allPages(session, path)) items.push(...toItems(row));
	return items;
}

function queryParameters(value: unknown): QueryParameter[] {
	const { parameters = [] } = value as { parameters?: Array<Record<string, unknown>> };
	return parameters
		.map(({ name, value: own }) => ({
			name: readText('Query Parameters', name ?? '').trim(),
			value: readText('Query Parameters', own ?? ''),
		}))
		.filter(({ name }) => name !== '');
}

/** The text of a body that is filled in as text, or comes as an object out of an expression. */
function jsonText(value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	if (typeof value !== 'string') return JSON.stringify(value);
	if (isJson(value)) return value;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Body is not JSON.',
		'Enter an object such as {"Name": "text"}, or a list such as [1, 2].',
	);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** An item for each element of a list; what is no object stands under `value`. */
function toItems(answer: unknown): IDataObject[] {
	if (answer === undefined || answer === '') return [{ success: true }];
	const elements: unknown[] = Array.isArray(answer) ? answer : [answer];
	return elements.map((element) =>
		typeof element === 'object' && element !== null && !Array.isArray(element)
			? (element as IDataObject)
			: { value: element as IDataObject },
	);
}
