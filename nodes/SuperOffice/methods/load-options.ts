import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { editorSession } from '../../../n8n/editor-sessions';
import {
	archiveColumns,
	choicesOf,
	fieldsOf,
	interestsField,
	isDynamic,
	membersArchive,
	operatorsFor,
	relationDefinitions,
	relationsArchive,
	usersArchive,
	type ArchiveColumn,
	type Entity,
	type RelationEnd,
} from '../../../superoffice';
import { entityOfArchive } from '../resources/entities';
import { chosenArchive, chosenEntity } from './chosen-entity';
import { choiceOptions, labelOf } from './resource-mapping';
import { columnsOfTable } from './tables';

/** What the editor offers in lists that do not depend on what is typed. */
export const loadOptions = {
	getColumns: async function (this: ILoadOptionsFunctions) {
		return toOptions(await columnsOf(this), chosenRows(this));
	},

	getMemberColumns: async function (this: ILoadOptionsFunctions) {
		const archive = chosenEntity(this).members?.archive ?? membersArchive;
		const columns = await archiveColumns(await editorSession(this), archive.provider);
		return toOptions(columns, { archive });
	},

	getMemberRoles: async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const { members } = chosenEntity(this);
		if (members === undefined) return [];
		return choiceOptions(await choicesOf(await editorSession(this), members.role));
	},

	getInterests: async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const field = interestsField(chosenEntity(this));
		return choiceOptions(await choicesOf(await editorSession(this), field));
	},

	getRelationColumns: async function (this: ILoadOptionsFunctions) {
		const columns = await archiveColumns(await editorSession(this), relationsArchive.provider);
		return toOptions(columns, { archive: relationsArchive });
	},

	getUserColumns: async function (this: ILoadOptionsFunctions) {
		const columns = await archiveColumns(await editorSession(this), usersArchive.provider);
		return toOptions(columns, { archive: usersArchive });
	},

	getRelationDefinitions: async function (
		this: ILoadOptionsFunctions,
	): Promise<INodePropertyOptions[]> {
		const [source, target] = ['sourceType', 'targetType'].map(
			(name) => this.getCurrentNodeParameter(name) as RelationEnd['type'],
		);
		return choiceOptions(await relationDefinitions(await editorSession(this), source!, target!));
	},

	getFilterColumns: async function (this: ILoadOptionsFunctions) {
		const columns = await columnsOf(this);
		return toOptions(
			columns.filter(({ type, canFilter }) => canFilter && operatorsFor(type).length > 0),
			chosenRows(this),
		);
	},

	getFilterOperators: async function (
		this: ILoadOptionsFunctions,
	): Promise<INodePropertyOptions[]> {
		const chosen = this.getCurrentNodeParameter('&column') as string | undefined;
		const column = (await columnsOf(this)).find(({ name }) => name === chosen);
		return operatorsFor(column?.type ?? '').map(({ name, label }) => ({
			name: label,
			value: name,
		}));
	},

	getWritableFields: async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const fields = await fieldsOf(await editorSession(this), chosenEntity(this));
		const writable = fields.filter(({ readOnly }) => !readOnly);
		return writable.map((field) => ({ name: labelOf(field, writable), value: field.id }));
	},
};

const isOfTables = (context: ILoadOptionsFunctions) =>
	context.getCurrentNodeParameter('resource') === 'table';

async function columnsOf(context: ILoadOptionsFunctions): Promise<ArchiveColumn[]> {
	if (isOfTables(context)) return await columnsOfTable(context);
	const archive = chosenArchive(context);
	const provider = archive ?? chosenEntity(context).archive.provider;
	if (provider === '' || isDynamic(provider)) return [];
	return await archiveColumns(await editorSession(context), provider);
}

/** What stands for the rows that are listed: a kind of record, or nothing that is known. */
function chosenRows(context: ILoadOptionsFunctions): Rows {
	if (isOfTables(context)) return nothingKnown;
	const archive = chosenArchive(context);
	if (archive === undefined) return chosenEntity(context);
	return entityOfArchive(archive) ?? nothingKnown;
}

const nothingKnown: Rows = { archive: { columns: [] } };

type Rows = Pick<Entity, 'customColumns'> & { archive: { columns: readonly string[] } };

/** First what a list of these records shows, then the record's other columns, then those of what it is joined with. */
function toOptions(
	columns: readonly ArchiveColumn[],
	{ archive, customColumns = {} }: Rows,
): INodePropertyOptions[] {
	const ofCustomFields = Object.values(customColumns).map((prefix) => `${prefix}/`);
	const rank = ({ name }: ArchiveColumn) => {
		const place = archive.columns.indexOf(name);
		if (place >= 0) return place;
		const isOwn = !name.includes('/') || ofCustomFields.some((prefix) => name.startsWith(prefix));
		return archive.columns.length + (isOwn ? 0 : 1);
	};
	const sorted = [...columns].sort(
		(one, other) => rank(one) - rank(other) || one.label.localeCompare(other.label),
	);
	// Once chosen, a column shows its label only.
	const first = new Map([...sorted].reverse().map(({ label, name }) => [label, name]));
	return sorted.map(({ name, label }) => ({
		name: first.get(label) === name ? label : `${label} (${name})`,
		value: name,
		description: name,
	}));
}
