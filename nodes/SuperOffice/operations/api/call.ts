import type { IBinaryData, IDataObject } from 'n8n-workflow';

import {
	allPages,
	apiPath,
	fileCallTimeout,
	isEmpty,
	mayBeDone,
	readBoolean,
	readOption,
	readText,
	SuperOfficeError,
	type CrmRequest,
	type CrmSession,
	type QueryParameter,
} from '../../../../superoffice';
import { answeredFile, outputFileProperty } from '../../files';
import { Run } from '../../run';
import { runItemsWithFiles, type Output } from '../../run-items';
import type { Operation } from '../operation';
import { callProperties, methods, responseFormat } from './properties';

export const call: Operation = {
	value: 'call',
	name: 'Call',
	description: 'Call any path of SuperOffice’s web API, also what no other operation covers',
	action: 'Call the API',
	properties: callProperties,
	async execute(context) {
		const run = new Run(context);
		return await runItemsWithFiles(context, async (item) => {
			const session = await run.sessionFor(item);
			const parameter = (name: string, fallback: unknown = undefined) =>
				context.getNodeParameter(name, item, fallback) as unknown;
			const method = readOption(methods, parameter('method', 'GET')) as CrmRequest['method'];
			const path = apiPath(
				readText('Path', parameter('path', '')),
				queryParameters(parameter('queryParameters', {})),
				session.tenant,
			);
			const format = readOption(responseFormat, parameter('responseFormat', 'json'));
			const property =
				format === 'file' ? readOutputField(parameter('binaryPropertyName', 'data')) : '';
			const { allPages: wanted = false } = run.options(item);
			if (readBoolean('All Pages', wanted)) {
				refuseAllPages(method, format);
				return await readAllPages(session, path);
			}
			const body = method === 'GET' ? undefined : jsonText(parameter('body', ''));
			const send = async (file?: Partial<CrmRequest>) =>
				await session
					.call({
						method,
						path,
						...(body === undefined ? {} : { body }),
						...file,
						headers: {
							...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
							...file?.headers,
						},
					})
					.catch((error: unknown) => {
						throw mayBeDone(error);
					});
			if (format === 'json') return toItems(await send()).map((json) => ({ json }));
			const received = await send({
				receive: answeredFile(context),
				timeout: fileCallTimeout,
				// Not all files come under the one name for bytes.
				headers: { Accept: 'application/octet-stream, */*;q=0.5' },
			});
			return [toFile(received, property)];
		});
	},
};

function refuseAllPages(method: string | undefined, format: string): void {
	if (method === 'GET' && format === 'json') return;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		method === 'GET'
			? 'All Pages cannot be used with the response format File.'
			: `All Pages cannot be used with the method ${method}.`,
		'Remove the option All Pages, or choose the method GET and the response format JSON.',
	);
}

async function readAllPages(session: CrmSession, path: string): Promise<Output[]> {
	const items: IDataObject[] = [];
	for await (const row of allPages(session, path)) items.push(...toItems(row));
	return items.map((json) => ({ json }));
}

function queryParameters(value: unknown): QueryParameter[] {
	const { parameters = [] } = value as { parameters?: Array<Record<string, unknown>> };
	// Of an expression that comes to nothing, the key is there: without its filter, a call would find or change more.
	return parameters
		.map((parameter) => ({
			name: textIn(parameter, 'name').trim(),
			value: textIn(parameter, 'value'),
		}))
		.filter(({ name }) => name !== '');
}

function textIn(parameter: Record<string, unknown>, key: string): string {
	return key in parameter ? readText('Query Parameters', parameter[key]) : '';
}

/** @throws SuperOfficeError `INVALID_INPUT` */
function readOutputField(value: unknown): string {
	const { displayName } = outputFileProperty;
	const name = readText(displayName, value).trim();
	if (name !== '') return name;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${displayName} is empty.`,
		'Enter the name of the field to put the file in, such as data.',
	);
}

/** The text of a body that is filled in as text, or comes as an object out of an expression. */
function jsonText(value: unknown): string | undefined {
	if (typeof value === 'string') {
		if (isEmpty(value)) return undefined;
		if (isJson(value)) return value;
	} else {
		// Of an expression that comes to nothing: without a body, the call would be another one.
		const text = JSON.stringify(value) as string | undefined;
		if (text !== undefined && text !== 'null') return text;
	}
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

/** An answer without content has no file. */
function toFile(received: unknown, property: string): Output {
	if (!isFile(received)) return { json: { success: true } };
	const { fileName, mimeType } = received;
	return { json: { ...(fileName && { fileName }), mimeType }, binary: { [property]: received } };
}

function isFile(received: unknown): received is IBinaryData {
	return typeof (received as Partial<IBinaryData> | undefined)?.mimeType === 'string';
}
