import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';

import { openSession } from '../../n8n/crm-sessions';
import { readCredentials } from '../../n8n/transport';
import { changesBetween, entityOf, type CrmSession, type Gap } from '../../superoffice';
import { entityOfEvents } from './events';

/** What was missed: an event for each record that was created or changed, and the names of events that are not found so. */
export async function catchUp(
	context: ITriggerFunctions,
	{ from, to, lastRecord }: Gap,
	wanted: string[],
): Promise<{ events: IDataObject[]; notCaughtUp: string[] }> {
	if (from === undefined) return { events: [], notCaughtUp: wanted };
	const session = openSession(context, await readCredentials(context, 0), {});
	const canFind = (event: string) =>
		/\.(created|changed)$/i.test(event) && entityOfEvents(entityOf(event)) !== undefined;
	const found = wanted.filter(canFind);
	const events: IDataObject[] = [];
	for (const kind of new Set(found.map(entityOf))) {
		const verbs = found.filter((event) => entityOf(event) === kind).map(verbOf);
		events.push(...(await missedOf(session, kind, verbs, { from, to })));
	}
	// Rows have no fractions of a second: the last record that an event came for is found again.
	const isAgain = ({ Entity, PrimaryKey, Timestamp }: IDataObject) =>
		`${String(Entity)} ${String(PrimaryKey)}` === lastRecord &&
		Date.parse(String(Timestamp)) <= Date.parse(from);
	return {
		events: events.filter((event) => !isAgain(event)),
		notCaughtUp: wanted.filter((event) => !canFind(event)),
	};
}

async function missedOf(
	session: CrmSession,
	kind: string,
	verbs: string[],
	{ from, to }: { from: string; to: string },
): Promise<IDataObject[]> {
	const missed: IDataObject[] = [];
	const time = { from: Date.parse(from), to: Date.parse(to) };
	for await (const change of changesBetween(session, entityOfEvents(kind)!, time)) {
		const isCreated = change.isCreated && verbs.includes('created');
		if (!isCreated && !(change.isChanged && verbs.includes('changed'))) continue;
		missed.push({
			Event: `${kind}.${isCreated ? 'created' : 'changed'}`,
			Entity: kind,
			PrimaryKey: change.id,
			ContextIdentifier: session.tenant.contextIdentifier,
			Timestamp: new Date((isCreated ? change.created : change.updated)!).toISOString(),
			caughtUp: true,
		});
	}
	return missed;
}

function verbOf(event: string): string {
	return event.slice(event.lastIndexOf('.') + 1).toLowerCase();
}
