import { json, type Call, type Reply } from '../../messages';
import { illegal } from '../errors';
import type { EntityName, TenantDatabase } from '../store';
import { NO_CONTENT, readJson } from './verbs';

/**
 * The agents' calls that undelete, as agents answer: 204, or 200 with null where there is nothing of that id, or 200
 * with a Message where an argument is wrong.
 */
export function undelete(database: TenantDatabase, entity: EntityName, call: Call): Reply {
	const ids = readIds(call, entity === 'Ticket' ? 'TicketIds' : 'Id');
	if (!ids) {
		return json(200, {
			Message: 'The request is invalid.',
			MessageDetail: 'An argument is missing, or of the wrong type.',
		});
	}
	const known = new Set([...database.all(entity), ...database.deleted(entity)].map(({ id }) => id));
	if (ids.some((id) => !known.has(id))) return json(200, null);
	for (const id of ids) if (!database.find(entity, id)) database.undelete(entity, id);
	return NO_CONTENT;
}

/** From the body, or for a single id from the query. */
function readIds(call: Call, argument: 'Id' | 'TicketIds'): number[] | undefined {
	const inQuery = argument === 'Id' ? call.query.get('Id') : null;
	if (inQuery !== null) return /^\d+$/.test(inQuery) ? [Number(inQuery)] : undefined;
	const body = readJson(call);
	if (typeof body !== 'object' || body === null) throw illegal('The body must be an object');
	const given = (body as Record<string, unknown>)[argument];
	const ids = argument === 'Id' ? [given] : given;
	if (!Array.isArray(ids) || ids.length === 0 || !ids.every(Number.isInteger)) return undefined;
	return ids as number[];
}
