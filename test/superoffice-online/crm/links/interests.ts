import { json, type Call, type Reply } from '../../messages';
import { NO_CONTENT, readJson } from '../entities/verbs';
import { illegal } from '../errors';
import type { EntityName } from '../store';
import type { Tenant } from '../tenants';

const AGENTS: Record<string, { entity: EntityName; idName: string; list: string }> = {
	contact: { entity: 'Contact', idName: 'ContactId', list: 'contint' },
	person: { entity: 'Person', idName: 'PersonId', list: 'persint' },
};

/** Answers the agents' UpdateInterests. Undefined for any other resource. */
export function answerInterests(
	call: Call,
	{ data }: Tenant,
	resource: string,
): (() => Reply) | undefined {
	const [, name] = /^v1\/agents\/(\w+)\/updateinterests$/.exec(resource) ?? [];
	const agent = AGENTS[name ?? ''];
	if (!agent || call.method !== 'POST') return undefined;
	const { entity, idName, list } = agent;
	return () => {
		const body = readJson(call);
		if (typeof body !== 'object' || body === null) throw illegal('The body must be an object');
		const {
			[idName]: id,
			EnableInterestIds: enabled = [],
			DisableInterestIds: disabled = [],
			...more
		} = body as Record<string, unknown>;
		const isKnown = (one: unknown) => Boolean(data.listItem(list, Number(one)));
		const areIds = [enabled, disabled].every((ids) => Array.isArray(ids) && ids.every(isKnown));
		if (typeof id !== 'number' || !areIds || Object.keys(more).length > 0) {
			return json(200, {
				Message: 'The request is invalid.',
				MessageDetail: 'An argument is missing, unknown, or of the wrong type.',
			});
		}
		if (!data.find(entity, id)) return json(200, null);
		data.update(entity, id, ({ values }) => {
			const before = (values.Interests as number[] | undefined) ?? [];
			const all = [...before, ...(enabled as number[])];
			values.Interests = [...new Set(all)].filter((one) => !(disabled as number[]).includes(one));
		});
		return NO_CONTENT;
	};
}
