import { json, type Call, type Reply } from '../../messages';
import type { Reading } from '../archives/reading';
import { ApiError, illegal } from '../errors';
import type { ListItem, TenantDatabase } from '../store';

/** A list as `v1/List` has it: under another name than the MDO list, and with properties of its own. */
export interface ListDefinition {
	id: number;
	/** In addresses, `v1/List/{rest}/Items` */
	rest: string;
	mdo: string;
	/** What its items call their id and their name */
	itemId: string;
	itemName: string;
}

const plain = (rest: string, mdo = rest.toLowerCase()) => ({
	...{ rest, mdo, itemId: 'Id', itemName: 'Name' },
});
const own = (rest: string, itemId: string, itemName = 'Name', mdo = rest.toLowerCase()) => ({
	...{ rest, mdo, itemId, itemName },
});

const BUILT_IN: ListDefinition[] = [
	plain('Category'),
	plain('Business'),
	plain('Credited'),
	plain('Reason'),
	plain('ReasonSold'),
	plain('ReasonStalled'),
	plain('Source'),
	plain('Priority'),
	plain('ProjectStatus'),
	plain('ProjectType'),
	plain('MrMrs'),
	plain('Competitor', 'comptr'),
	plain('Position', 'perspos'),
	plain('SelectionCategory', 'searchcat'),
	own('Country', 'CountryId'),
	own('Currency', 'CurrencyId'),
	own('Rating', 'SaleStageId', 'Value', 'prob'),
	own('SaleType', 'SaleTypeId'),
	own('Task', 'TaskListItemId', 'Value'),
	own('TicketPriority', 'TicketPriorityId'),
	own('TicketStatus', 'TicketStatusId'),
	own('TicketType', 'TicketTypeId'),
	own('TicketCategory', 'TicketCategoryId', 'Name', 'ejcategory'),
	own('DocumentTemplate', 'DocumentTemplateId', 'Name', 'doctmpl'),
	own('UserGroup', 'Id', 'Value'),
].map((list, index) => ({ ...list, id: index + 1 }));

const nameOf = ({ id, rest, mdo }: ListDefinition, { customFields }: TenantDatabase) =>
	mdo.startsWith('udlist')
		? (customFields.find(({ listId }) => listId === id)?.label ?? `List ${id}`)
		: rest;

/** Built-in and user-defined lists. */
export function listDefinitions({ lists }: TenantDatabase): ListDefinition[] {
	const custom = [...lists.keys()].flatMap((mdo) => {
		const [, id] = /^udlist(\d+)$/.exec(mdo) ?? [];
		return id === undefined ? [] : [{ ...plain(id, mdo), id: Number(id) }];
	});
	return [...BUILT_IN.filter(({ mdo }) => lists.has(mdo)), ...custom];
}

/** A list by its name in addresses, ignoring case, or by its id. By its id, items of all lists have an Id and a Name. */
export function listAt(name: string, database: TenantDatabase): ListDefinition {
	const all = listDefinitions(database);
	const named = all.find(({ rest }) => rest.toLowerCase() === name.toLowerCase());
	const found = named ?? all.find(({ id }) => String(id) === name);
	if (!found) throw new ApiError(404, 'SoNotFoundException', `There is no list '${name}'`);
	return named ? found : { ...found, itemId: 'Id', itemName: 'Name' };
}

/** Answers `v1/List` and `v1/List/{name}/Headings`. Undefined for any other resource. */
export function answerListDefinitions(
	{ method, query }: Call,
	resource: string,
): ((reading: Reading) => Reply) | undefined {
	if (method !== 'GET') return undefined;
	if (resource === 'v1/list') {
		const unknown = [...query.keys()].find((option) => option !== 'includeDeleted');
		if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
		return ({ database }) =>
			json(
				200,
				listDefinitions(database).map((list) => asListEntity(list, database)),
			);
	}
	const [, name] = /^v1\/list\/([^/]+)\/headings$/.exec(resource) ?? [];
	if (name === undefined) return undefined;
	return ({ database }) => {
		const list = listAt(name, database);
		return json(
			200,
			database.lists
				.get(list.mdo)!
				.filter(({ children }) => children)
				.map((heading) => asHeading(heading, list)),
		);
	};
}

function asListEntity(list: ListDefinition, database: TenantDatabase) {
	const isCustom = list.mdo.startsWith('udlist');
	return {
		Id: list.id,
		Name: nameOf(list, database),
		Tooltip: '',
		Deleted: false,
		Rank: list.id,
		IsCustomList: isCustom,
		IsMDOList: true,
		UseGroupsAndHeadings: database.lists.get(list.mdo)!.some(({ children }) => children),
		ListType: isCustom ? 'udlist' : list.mdo,
		InUseByUserDefinedFields: isCustom,
		TableRight: null,
		FieldProperties: {},
	};
}

function asHeading(
	{ id, name, tooltip = '', deleted = false, rank = 0 }: ListItem,
	list: ListDefinition,
) {
	return {
		HeadingId: id,
		Name: name,
		Tooltip: tooltip,
		Deleted: deleted,
		Rank: rank,
		UdListDefinitionId: list.id,
		TableRight: null,
		FieldProperties: {},
	};
}
