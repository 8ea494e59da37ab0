import {
	deepCopy,
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { authState } from '../../n8n/auth-state';
import { openSharedSession } from '../../n8n/crm-sessions';
import { describeError, findSuperOfficeError } from '../../n8n/errors';
import { readCredentials } from '../../n8n/transport';
import {
	entityOf,
	fieldsOf,
	readRecord,
	simplify,
	type CrmSession,
	type Entity,
	type WebhookEvent,
} from '../../superoffice';
import { entityOfEvents } from './events';
import { stateKey, type TriggerOptions } from './own-webhook';
import { gapEvent } from './report-gap';

/** The items the workflow was started with: events to the first output, with their records if wanted, gaps to the second. */
export async function passOn(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const isGap = ({ json }: INodeExecutionData) => json.event === gapEvent;
	const items = await Promise.all(
		context.getInputData().map(async (given, item) => {
			const added = isGap(given) ? {} : await recordOf(context, given.json, item);
			return { json: { ...given.json, ...added }, pairedItem: { item } };
		}),
	);
	return [items.filter((item) => !isGap(item)), items.filter(isGap)];
}

/** @returns `record`, which is `null` if it is gone; or `recordError` */
async function recordOf(
	context: IExecuteFunctions,
	json: IDataObject,
	item: number,
): Promise<IDataObject> {
	const options = context.getNodeParameter('options', item, {}) as TriggerOptions;
	const event = json as WebhookEvent;
	const entity = entityOfEvents(entityOf(event.Event ?? ''));
	if (!options.includeRecord || entity === undefined) return {};
	if (/\.(soft)?deleted$/i.test(event.Event)) return { record: null };
	try {
		return { record: await lookUp(context, event, entity, options.language) };
	} catch (error) {
		if (findSuperOfficeError(error)?.httpStatus === 404) return { record: null };
		return { recordError: describeError(error) };
	}
}

async function lookUp(
	context: IExecuteFunctions,
	{ EventId, PrimaryKey }: WebhookEvent,
	entity: Entity,
	language: string | undefined,
): Promise<IDataObject> {
	const credentials = await readCredentials(context, 0);
	const { session, key: tenant } = openSharedSession(context, credentials, language || undefined);
	// A worker does not know when the event came.
	const state = authState.webhooks.find(stateKey(context, context.getMode() === 'manual'));
	const age = state?.taken.ageOf(EventId) ?? 0;
	const key = `${tenant} ${entity.name} ${PrimaryKey}`;
	const load = async () => await readSimplified(session, entity, PrimaryKey);
	// A copy: other executions have the same one.
	return deepCopy((await authState.recordLookups.get(key, age, sleep, load)) as IDataObject);
}

async function readSimplified(session: CrmSession, entity: Entity, id: number) {
	const [fields, record] = await Promise.all([
		fieldsOf(session, entity),
		readRecord(session, entity, id),
	]);
	return simplify(fields, record);
}
