import { json, type Call, type Reply } from '../../messages';
import type { Reading } from '../archives/reading';
import { ApiError, illegal } from '../errors';
import type { ListItem } from '../store';
import { readObject } from './read-object';

/** A list as `v1/List/{Name}/Items` has it: under another name than the MDO list, and with its own properties. */
interface RestList {
	mdo: string;
	id: string;
	name: string;
}

const LISTS: Record<string, RestList> = {
	...Object.fromEntries(
		(
			[
				'Category',
				'Business',
				'Credited',
				'Reason',
				'ReasonSold',
				'ReasonStalled',
				'Source',
				'Priority',
				'ProjectStatus',
				'ProjectType',
				'MrMrs',
			] as const
		).map((name) => [name.toLowerCase(), { mdo: name.toLowerCase(), id: 'Id', name: 'Name' }]),
	),
	competitor: { mdo: 'comptr', id: 'Id', name: 'Name' },
	position: { mdo: 'perspos', id: 'Id', name: 'Name' },
	selectioncategory: { mdo: 'searchcat', id: 'Id', name: 'Name' },
	country: { mdo: 'country', id: 'CountryId', name: 'Name' },
	currency: { mdo: 'currency', id: 'CurrencyId', name: 'Name' },
	rating: { mdo: 'prob', id: 'SaleStageId', name: 'Value' },
	saletype: { mdo: 'saletype', id: 'SaleTypeId', name: 'Name' },
	task: { mdo: 'task', id: 'TaskListItemId', name: 'Value' },
	ticketpriority: { mdo: 'ticketpriority', id: 'TicketPriorityId', name: 'Name' },
	ticketstatus: { mdo: 'ticketstatus', id: 'TicketStatusId', name: 'Name' },
	tickettype: { mdo: 'tickettype', id: 'TicketTypeId', name: 'Name' },
	ticketcategory: { mdo: 'ejcategory', id: 'TicketCategoryId', name: 'Name' },
	documenttemplate: { mdo: 'doctmpl', id: 'DocumentTemplateId', name: 'Name' },
	usergroup: { mdo: 'usergroup', id: 'Id', name: 'Value' },
};

/** Answers `v1/List/{Name}/Items`. Undefined for any other resource. */
export function answerListItems(
	{ method, query, body }: Call,
	resource: string,
): ((reading: Reading) => Reply) | undefined {
	const [, name] = /^v1\/list\/([^/]+)\/items$/.exec(resource) ?? [];
	if (name === undefined || !['GET', 'POST'].includes(method)) return undefined;
	return (reading) => {
		const list = listNamed(name);
		const items = list && reading.database.lists.get(list.mdo);
		if (!items) throw new ApiError(404, 'SoNotFoundException', `There is no list '${name}'`);
		if (method === 'POST') return json(200, asEntity(add(items, list, body), list, reading));
		const withDeleted = query.get('includeDeleted')?.toLowerCase() === 'true';
		return json(
			200,
			items
				.flatMap((item) => item.children ?? item)
				.filter(({ deleted }) => withDeleted || !deleted)
				.map((item) => asEntity(item, list, reading)),
		);
	};
}

function listNamed(name: string): RestList | undefined {
	return (
		LISTS[name] ?? (/^udlist\d+$/.test(name) ? { mdo: name, id: 'Id', name: 'Name' } : undefined)
	);
}

function add(items: ListItem[], list: RestList, body: string): ListItem {
	const { [list.name]: name, Tooltip: tooltip } = readObject(body);
	if (typeof name !== 'string' || name === '') throw illegal(`${list.name} is missing`);
	const ids = items.flatMap((item) => item.children ?? item).map(({ id }) => id);
	const item: ListItem = { id: Math.max(0, ...ids) + 1, name, rank: ids.length + 1 };
	if (typeof tooltip === 'string') item.tooltip = tooltip;
	items.push(item);
	return item;
}

function asEntity(
	{ id, name, tooltip = '', deleted = false, rank = 0 }: ListItem,
	list: RestList,
	reading: Reading,
) {
	return {
		[list.id]: id,
		[list.name]: reading.text(name),
		Tooltip: reading.text(tooltip),
		Deleted: deleted,
		UdListDefinitionId: Number(/^udlist(\d+)$/.exec(list.mdo)?.[1] ?? 0),
		Rank: rank,
	};
}
