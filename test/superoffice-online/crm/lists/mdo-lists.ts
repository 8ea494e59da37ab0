import { json, type Call, type Reply } from '../../messages';
import { operatorItems } from '../archives/available-columns';
import type { Reading } from '../archives/reading';
import { ApiError, illegal } from '../errors';
import type { ListItem, RelationEnd } from '../store';

/** An item as the MDO lists give it. */
interface MdoItem {
	Id: number;
	Name: string;
	Type: string;
	ChildItems: MdoItem[];
	[property: string]: unknown;
}

const OPTIONS = ['flat', 'additional', 'query'];

/** Answers `v1/MDOList/{name}` and `v1/MDOList/{name}/selectable`. Undefined for any other resource. */
export function answerMdoList(
	{ method, query }: Call,
	resource: string,
): ((reading: Reading) => Reply) | undefined {
	if (method === 'GET' && resource === 'v1/mdolist') {
		return ({ database }) => json(200, [...database.lists.keys()].sort());
	}
	const [, name, selectable] = /^v1\/mdolist\/([^/]+)(\/selectable)?$/.exec(resource) ?? [];
	if (name === undefined || method !== 'GET') return undefined;
	return (reading) => {
		const unknown = [...query.keys()].find((option) => !OPTIONS.includes(option));
		if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
		const searched = query.get('query')?.toLowerCase();
		const isFlat = query.get('flat')?.toLowerCase() === 'true' || searched !== undefined;
		const all = itemsOf(name, query.get('additional') ?? '', reading);
		const items = isFlat
			? all.flatMap((item) => (item.ChildItems.length ? item.ChildItems : item))
			: all;
		const found = items.filter(
			({ Name }) => searched === undefined || Name.toLowerCase().includes(searched),
		);
		return json(200, selectable === undefined ? found : found.map(asSelectable));
	};
}

function itemsOf(name: string, additional: string, reading: Reading): MdoItem[] {
	if (name === 'restrictionoperators') {
		return operatorItems(additional).map(({ operator, values }, index) =>
			newItem({ Id: index + 1, Name: operator, Type: operator, ExtraInfo: values }),
		);
	}
	const items =
		name === 'contactrelationdefinition'
			? relationDefinitions(additional, reading)
			: reading.database.lists.get(name);
	if (!items) throw new ApiError(404, 'SoNotFoundException', `There is no list '${name}'`);
	const living = items.filter(({ deleted }) => !deleted).map((item) => itemOf(item, name, reading));
	if (name !== 'salestage') return living;
	// Which stages there are depends on the type of sale.
	const saleType = /(?:^|&)SaleTypeI[Dd]=(\d+)/.exec(additional)?.[1];
	if (!reading.database.listItem('saletype', Number(saleType))) return [];
	const outcome = (Id: number, Name: string) => newItem({ Id, Name, Type: name });
	return [...living, outcome(-2, 'Sold'), outcome(-1, 'Lost')];
}

/** Those between two kinds of records: CC, CP, PC or PP. */
function relationDefinitions(additional: string, { database }: Reading): ListItem[] {
	const [, source, destination] = /^([CP])([CP])$/.exec(additional) ?? [];
	const fits = (end: RelationEnd, letter: string | undefined) =>
		letter === undefined || end === 'Both' || end.startsWith(letter);
	return database
		.listItems('relationdefinition')
		.filter(
			({ relates }) =>
				relates && fits(relates.source, source) && fits(relates.destination, destination),
		);
}

function itemOf(item: ListItem, list: string, reading: Reading): MdoItem {
	const { id, name, tooltip = '', deleted = false, rank = 0, extraInfo = '', children = [] } = item;
	return newItem({
		Id: id,
		Name: reading.text(name),
		ToolTip: reading.text(tooltip),
		Deleted: deleted,
		Rank: rank,
		Type: list,
		ExtraInfo: extraInfo,
		ChildItems: children
			.filter((child) => !child.deleted)
			.map((child) => itemOf(child, list, reading)),
	});
}

function newItem(item: Pick<MdoItem, 'Id' | 'Name' | 'Type'> & Partial<MdoItem>): MdoItem {
	return {
		ToolTip: '',
		Deleted: false,
		Rank: 0,
		ChildItems: [],
		IconHint: '',
		ColorBlock: 0,
		ExtraInfo: '',
		StyleHint: '',
		FullName: item.Name,
		...item,
	};
}

function asSelectable(item: MdoItem): MdoItem {
	return {
		...item,
		ChildItems: item.ChildItems.map(asSelectable),
		Selected: false,
		Hidden: false,
		LastChanged: '0001-01-01T00:00:00',
	};
}
