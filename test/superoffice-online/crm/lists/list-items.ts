import { json, type Call, type Reply } from '../../messages';
import type { Reading } from '../archives/reading';
import { illegal } from '../errors';
import type { ListItem } from '../store';
import { listAt, type ListDefinition } from './list-definitions';
import { readObject } from './read-object';

/** Answers `v1/List/{name or id}/Items`. Undefined for any other resource. */
export function answerListItems(
	{ method, query, body }: Call,
	resource: string,
): ((reading: Reading) => Reply) | undefined {
	const [, name] = /^v1\/list\/([^/]+)\/items$/.exec(resource) ?? [];
	if (name === undefined || !['GET', 'POST'].includes(method)) return undefined;
	return (reading) => {
		const list = listAt(name, reading.database);
		const items = reading.database.lists.get(list.mdo)!;
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

/** Strict: what the item does not have is refused, and so is a name that is too long. */
function add(items: ListItem[], { itemName, itemId }: ListDefinition, body: string): ListItem {
	const { [itemName]: name, Tooltip: tooltip = '', Rank: rank, ...others } = readObject(body);
	const unknown = Object.keys(others).find((key) => key !== itemId);
	if (unknown !== undefined) throw illegal(`Unknown property: ${unknown}`);
	if (typeof name !== 'string' || name.trim() === '') throw illegal(`${itemName} is missing`);
	if (name.length > 239 || String(tooltip).length > 254) throw illegal('The text is too long');
	const ids = items.flatMap((item) => item.children ?? item).map(({ id }) => id);
	const item: ListItem = {
		id: Math.max(0, ...ids) + 1,
		name,
		rank: Number(rank ?? ids.length + 1),
	};
	if (typeof tooltip === 'string') item.tooltip = tooltip;
	items.push(item);
	return item;
}

function asEntity(
	{ id, name, tooltip = '', deleted = false, rank = 0 }: ListItem,
	list: ListDefinition,
	reading: Reading,
) {
	return {
		[list.itemId]: id,
		[list.itemName]: reading.text(name),
		Tooltip: reading.text(tooltip),
		Deleted: deleted,
		UdListDefinitionId: list.id,
		Rank: rank,
		TableRight: null,
		FieldProperties: {},
	};
}
