import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorSession } from '../../../n8n/editor-sessions';
import { archiveProviders, listDefinitions, listNames } from '../../../superoffice';

/** What can be chosen, by what the workflow stores of it. */
type Names = Array<{ name: string; value: string }>;

/** The archives that the tenant has. */
export async function searchArchives(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const names = await archiveProviders(await editorSession(this));
	return search(
		names.map((name) => ({ name, value: name })),
		filter,
	);
}

/** The lists that are read by name; those of the tenant's own show what they are called. */
export async function searchLists(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const session = await editorSession(this);
	const [names, definitions] = await Promise.all([listNames(session), listDefinitions(session)]);
	const titles = new Map(
		definitions
			.filter(({ IsCustomList }) => IsCustomList === true)
			.map(({ Id, Name }) => [`udlist${Number(Id)}`, String(Name)]),
	);
	const all = [...new Set([...names, ...titles.keys()])];
	return search(
		all.map((value) => {
			const title = titles.get(value.toLowerCase());
			return { name: title === undefined ? value : `${title} (${value})`, value };
		}),
		filter,
	);
}

/** The lists that items can be added to. */
export async function searchListDefinitions(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const definitions = await listDefinitions(await editorSession(this));
	return search(
		definitions.map(({ Id, Name }) => ({ name: String(Name), value: String(Id) })),
		filter,
	);
}

function search(all: Names, filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
	return { results: found.sort((one, other) => one.name.localeCompare(other.name)) };
}
