import { SuperOfficeError } from '../errors';
import { isObject, type CrmSession } from './crm-session';
import { nearestNames } from './nearest';
import { mayExist, type EntityRecord } from './records';

/** The names that lists are read by, such as `category`, `udlist108`; asked for once in a run. */
export async function listNames(session: CrmSession): Promise<string[]> {
	return await session.once('list names', async () => {
		const names = await session.callForTexts({ path: '/v1/MDOList' });
		return [...new Set(names)].sort((one, other) => one.localeCompare(other));
	});
}

/** The lists that items can be added to, built-in and the tenant's own, with what SuperOffice says of each. */
export async function listDefinitions(
	session: CrmSession,
	{ includeDeleted = false }: { includeDeleted?: boolean } = {},
): Promise<EntityRecord[]> {
	return await session.once(`list definitions ${includeDeleted}`, async () => {
		const query: Record<string, string> = includeDeleted ? { includeDeleted: 'true' } : {};
		return (await session.callForList({ path: '/v1/List', query })).map(withoutRights);
	});
}

/** An item of a list. */
export interface ListedItem {
	Id: number;
	/** In the language of the session. */
	Name: string;
	/** Where the list has headings, those that the item is under, with commas in between. */
	Heading: string;
	/** Its name with all that it is part of, where items are in a tree. */
	FullName: string;
	ToolTip: string;
	Rank: number;
	/** More about the item, whose form depends on the list. */
	ExtraInfo: string;
}

/**
 * The items of a list that are in use, in its order.
 *
 * @param name SuperOffice's: `category`, `udlist108`
 * @param additional what some lists depend on: `SaleTypeID=1`
 * @throws SuperOfficeError `INVALID_INPUT` also for a list that the tenant does not have
 */
export async function listItems(
	session: CrmSession,
	name: string,
	additional = '',
): Promise<ListedItem[]> {
	const path = `/v1/MDOList/${encodeURIComponent(name)}`;
	const more: Record<string, string> = additional === '' ? {} : { additional };
	// Only without headings is it clear what is an item.
	const items = await session
		.callForList({ path, query: { flat: 'true', ...more } })
		.catch(async (error: unknown) => {
			throw (await unknownList(session, name)) ?? error;
		});
	const tree = await session.callForList({ path, query: more });
	const headings = headingsIn(tree);
	return items
		.flatMap((item) => leavesOf(item))
		.filter(({ Deleted }) => Deleted !== true)
		.map((item) => ({
			Id: Number(item.Id),
			Name: String(item.Name ?? ''),
			Heading: [...(headings.get(Number(item.Id)) ?? [])].join(', '),
			FullName: String(item.FullName ?? ''),
			ToolTip: String(item.ToolTip ?? ''),
			Rank: Number(item.Rank ?? 0),
			ExtraInfo: String(item.ExtraInfo ?? ''),
		}));
}

function childrenOf({ ChildItems }: EntityRecord): EntityRecord[] {
	return Array.isArray(ChildItems) ? ChildItems.filter(isObject) : [];
}

/** Some lists have headings even where none are asked for. */
function leavesOf(item: EntityRecord): EntityRecord[] {
	const children = childrenOf(item);
	return children.length === 0 ? [item] : children.flatMap(leavesOf);
}

/** By the ids of the items under them. */
function headingsIn(items: readonly EntityRecord[]): Map<number, Set<string>> {
	const found = new Map<number, Set<string>>();
	const visit = (heading: EntityRecord) => {
		for (const child of childrenOf(heading)) {
			const id = Number(child.Id);
			found.set(id, (found.get(id) ?? new Set()).add(String(heading.Name ?? '')));
			visit(child);
		}
	};
	items.forEach(visit);
	return found;
}

async function unknownList(
	session: CrmSession,
	name: string,
): Promise<SuperOfficeError | undefined> {
	const names = await listNames(session).catch(() => []);
	const isNamed = names.some((one) => one.toLowerCase() === name.toLowerCase());
	if (names.length === 0 || isNamed) return undefined;
	return new SuperOfficeError(
		'INVALID_INPUT',
		`List: SuperOffice has none called “${name}”.`,
		`Choose one from the list, or enter its name, such as ${nearestNames(name, names).join(', ')}.`,
	);
}

/** Built-in lists whose items have no `Name`. */
const withValues = ['rating', 'task', 'usergroup'];

/**
 * Adds an item at the end of a list.
 *
 * @param list its id, or its name in SuperOffice's REST API: `Category`
 * @throws SuperOfficeError, which says so if the item may be there all the same
 */
export async function addListItem(
	session: CrmSession,
	list: string,
	{ name, tooltip }: { name: string; tooltip?: string },
): Promise<EntityRecord> {
	const nameProperty = withValues.includes(list.toLowerCase()) ? 'Value' : 'Name';
	const item = await session
		.callForObject({
			method: 'POST',
			path: `/v1/List/${encodeURIComponent(list)}/Items`,
			body: { [nameProperty]: name, ...(tooltip === undefined ? {} : { Tooltip: tooltip }) },
		})
		.catch((error: unknown) => {
			const cure = 'Look at the list in SuperOffice before you run this again.';
			throw mayExist({ label: 'list item' }, error, cure);
		});
	return withoutRights(item);
}

function withoutRights(entity: EntityRecord): EntityRecord {
	const own = Object.entries(entity).filter(
		([name]) => !['TableRight', 'FieldProperties', '_Links'].includes(name),
	);
	return Object.fromEntries(own);
}
