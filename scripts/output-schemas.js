/**
 * Writes what the operations of the SuperOffice node return, as JSON Schema, where n8n looks for it. It follows from the
 * descriptions of the resources; fields that a tenant has added are not in it. Plain JavaScript: the build loads it.
 */
const fs = require('node:fs/promises');
const path = require('node:path');

const version = 1;
const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'number' };
const id = { type: 'integer' };

const types = { integer: id, number, boolean: flag };

/** @returns the schema of a simplified record */
function recordSchema({ fields }) {
	return Object.fromEntries(
		fields.flatMap(({ id: name, type, idProperty }) => [
			[name, types[type] ?? text],
			...(idProperty === undefined ? [] : [[`${name}Id`, id]]),
		]),
	);
}

function rowSchema({ archive, fields }) {
	const rowTypes = { ...types, record: id };
	const typeOf = (column) =>
		rowTypes[fields.find((field) => field.column === column)?.type] ?? text;
	return Object.fromEntries(
		archive.columns.map((column) => [column, column === archive.primaryKey ? id : typeOf(column)]),
	);
}

const message = {
	ticketMessageId: id,
	ticketId: id,
	createdAt: text,
	author: text,
	slevel: text,
	important: flag,
	header: text,
	body: text,
	htmlBody: text,
};

const messageSchemas = (record) => ({
	addMessage: { ...message, attachmentIds: { type: 'array', items: id } },
	getMessages: message,
	close: record,
	merge: record,
});

const contentSchemas = ({ idKey }, record) => ({
	upload: record,
	createFromTemplate: record,
	replaceContent: record,
	download: { [idKey]: id, Header: text, Name: text },
});

function schemasOf(entity) {
	const record = recordSchema(entity);
	return {
		create: record,
		get: record,
		update: record,
		upsert: { ...record, created: flag },
		getAll: rowSchema(entity),
		delete: { deleted: flag, id },
		...(entity.undelete === undefined ? {} : { undelete: record }),
		...(entity.hasMessages ? messageSchemas(record) : {}),
		...(entity.hasContent ? contentSchemas(entity, record) : {}),
	};
}

/** Of rows in the tenant's own tables: what is the same in all of them. */
const tableSchemas = {
	create: { id },
	get: { id },
	getAll: { id },
	update: { id },
	delete: { deleted: flag, id },
	upsert: { id, outcome: text },
};

const flags = [
	'Deleted',
	'IsCustomList',
	'IsMDOList',
	'UseGroupsAndHeadings',
	'InUseByUserDefinedFields',
];
const texts = ['Name', 'Tooltip', 'ToolTip', 'Heading', 'FullName', 'ExtraInfo', 'ListType'];
const typeOf = (name) => (flags.includes(name) ? flag : texts.includes(name) ? text : id);
const withTypes = (...names) => Object.fromEntries(names.map((name) => [name, typeOf(name)]));

const listSchemas = {
	addItem: withTypes('Id', 'Name', 'Tooltip', 'Deleted', 'UdListDefinitionId', 'Rank'),
	getAll: withTypes(
		...['Id', 'Name', 'Tooltip', 'Deleted', 'Rank', 'IsCustomList', 'IsMDOList'],
		...['UseGroupsAndHeadings', 'ListType', 'InUseByUserDefinedFields'],
	),
	getItems: withTypes('Id', 'Name', 'Heading', 'FullName', 'ToolTip', 'Rank', 'ExtraInfo'),
};

const userSchemas = ({ usersArchive, currentUserProperties }) => ({
	getAll: Object.fromEntries(
		usersArchive.columns.map((column) => {
			const isId = ['associateDbId', 'personId'].includes(column);
			return [column, column === 'isActive' ? flag : isId ? id : text];
		}),
	),
	getCurrent: {
		...Object.fromEntries(
			currentUserProperties.map((name) => [name, name.endsWith('Id') ? id : text]),
		),
		FunctionRights: { type: 'array', items: text },
	},
});

/** @param {string} folder of the compiled node */
async function writeOutputSchemas(folder) {
	const { entities } = require(path.resolve(folder, 'resources', 'entities'));
	const library = require(path.resolve(folder, '..', '..', 'superoffice'));
	const schemas = {
		...Object.fromEntries(
			Object.entries(entities).map(([resource, entity]) => [resource, schemasOf(entity)]),
		),
		list: listSchemas,
		table: tableSchemas,
		user: userSchemas(library),
	};
	for (const [resource, operations] of Object.entries(schemas)) {
		const target = path.join(folder, '__schema__', 'v1.0.0', resource);
		await fs.mkdir(target, { recursive: true });
		for (const [operation, properties] of Object.entries(operations)) {
			const schema = { type: 'object', properties, version };
			await fs.writeFile(path.join(target, `${operation}.json`), JSON.stringify(schema));
		}
	}
}

module.exports = { writeOutputSchemas };
