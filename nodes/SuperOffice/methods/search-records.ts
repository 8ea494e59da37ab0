import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorSession } from '../../../n8n/editor-sessions';
import { archivePage, recordUrl, type ArchiveRow, type Entity } from '../../../superoffice';
import { entities } from '../resources/entities';
import { chosenEntity } from './chosen-entity';

const pageSize = 50;
/** SuperOffice asks for no search with fewer letters. */
const fewestLetters = 3;

export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const entity = chosenEntity(this);
	return await search(this, entity, entity.archive.provider, filter, paginationToken);
}

/** Of a certain kind, where a form asks for more than its own. */
const searchIn = (entity: Entity) =>
	async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		return await search(this, entity, entity.archive.provider, filter, paginationToken);
	};

export const searchCompanies = searchIn(entities.company);
export const searchPersons = searchIn(entities.person);

export async function searchDeletedRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const entity = chosenEntity(this);
	return await search(this, entity, `Recycle${entity.name}`, filter, paginationToken);
}

async function search(
	context: ILoadOptionsFunctions,
	entity: Entity,
	provider: string,
	text = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = text.trim();
	if (wanted !== '' && wanted.length < fewestLetters) return { results: [] };
	const session = await editorSession(context);
	const { primaryKey, name, details } = entity.archive;
	const { skip, seen } = readToken(paginationToken);
	const rows = await archivePage(session, {
		provider,
		primaryKey,
		columns: [name, ...details],
		contains: wanted === '' ? undefined : { column: name, text: wanted },
		orderBy: name,
		top: pageSize,
		skip,
	});
	const { contextIdentifier, host } = session.tenant;
	const client = `https://${host}/${contextIdentifier}`;
	const idOf = (row: ArchiveRow) => Number(row[primaryKey] ?? row.PrimaryKey);
	const next: Token = { skip: skip + rows.length, seen: [...seen, ...rows.map(idOf)] };
	return {
		results: rows
			.filter((row) => !seen.includes(idOf(row)))
			.map((row) => {
				const id = idOf(row);
				const more = details
					.map((column) => String(row[column] ?? ''))
					.filter((each) => each !== '');
				const title = String(row[name] ?? '') || `#${id}`;
				return {
					name: more.length > 0 ? `${title} (${more.join(', ')})` : title,
					value: id,
					url: recordUrl(client, entity, id),
				};
			}),
		// A short page is no proof of the end, an empty one is.
		...(rows.length > 0 ? { paginationToken: JSON.stringify(next) } : {}),
	};
}

/** Where the next page starts, as n8n hands it back. */
interface Token {
	/** SuperOffice counts rows that the user may not see as well, so a page can begin with what was on the one before. */
	skip: number;
	/** The ids on the pages so far. */
	seen: number[];
}

function readToken(text: string | undefined): Token {
	return text ? (JSON.parse(text) as Token) : { skip: 0, seen: [] };
}
