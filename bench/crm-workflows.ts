import type { INode, INodeParameters } from 'n8n-workflow';

import {
	byId,
	mappedAutomatically,
	operation as superOffice,
} from '../test/engine/superoffice/node';
import { httpRequestNode, pagination } from '../test/engine/support/workflows';

/** The columns that the SuperOffice node reads by default are read by HTTP Request as well. */
const columns =
	'contactId,name,department,category,country,business,phone/formattedNumber,email/emailAddress,orgnr,number,associateId,updatedDate';

/** All companies, with the SuperOffice node: one item each. */
export function getCompanies(): INode {
	return superOffice('company', 'getAll', {
		returnAll: true,
		options: { columns: columns.split(',') },
	});
}

/** All companies, with HTTP Request: one item for each page of 1,000, the last one empty. */
export function getPages(tenant: string): INode {
	const node = request('Pages', tenant, 'GET', 'Archive/SimpleContact', {
		$select: columns,
		$orderBy: 'contactId',
		$top: '1000',
	});
	node.parameters.options = pagination(
		{ name: '$skip', value: '={{ $pageCount * 1000 }}' },
		'={{ $response.body.value.length === 0 }}',
	);
	return node;
}

/** Create or Update, for items as they come. */
export function upsert(key: string): INode {
	return superOffice('company', 'upsert', { fields: mappedAutomatically([key]) });
}

/** Update, for items as they come; `number` is the ID. */
export function update(): INode {
	return superOffice('company', 'update', {
		recordId: byId('={{ $json.number }}'),
		fields: mappedAutomatically(),
	});
}

/** HTTP Request twice for each item: is there a company of this name, and then PATCH or POST. */
export function lookUpAndWrite(tenant: string): INode[] {
	const lookUp = request('Look Up', tenant, 'GET', 'Archive/SimpleContact', {
		$select: 'contactId',
		$filter: "=name is '{{ $json.Name }}'",
		$orderBy: 'contactId',
	});
	const found = '$json.value[0]?.contactId';
	const item = "$('Start').item.json";
	const write = request(
		'Write',
		tenant,
		`={{ ${found} ? 'PATCH' : 'POST' }}`,
		`Contact{{ ${found} ? '/' + ${found} : '' }}`,
	);
	const given = `Name: ${item}.Name, Department: ${item}.Department`;
	// What SuperOffice demands of a new company, and our node takes from the tenant's defaults.
	const demanded = 'Category: { Id: 1 }, Business: { Id: 1 }';
	const body = `={{ JSON.stringify(${found} ? { ${given} } : { ${given}, ${demanded} }) }}`;
	return [lookUp, withBody(write, body)];
}

/** HTTP Request three times for each item, for the lists with the names to be set. */
export function readLists(tenant: string): INode[] {
	return ['Category', 'Business', 'Country'].map((name) => {
		const node = request(name, tenant, 'GET', `MDOList/${name.toLowerCase()}`, { flat: 'true' });
		// An array would be split into items.
		node.parameters.options = { response: { response: { fullResponse: true } } };
		return node;
	});
}

/** HTTP Request with what {@link readLists} has found. */
export function patchReferences(tenant: string): INode {
	const item = "$('Start').item.json";
	const idOf = (name: string) =>
		`$('${name}').item.json.body.find((one) => one.Name === ${item}.${name}).Id`;
	return withBody(
		request('Write', tenant, 'PATCH', `Contact/{{ ${item}.number }}`),
		`={{ JSON.stringify({ Category: { Id: ${idOf('Category')} }, Business: { Id: ${idOf('Business')} }, Country: { CountryId: ${idOf('Country')} } }) }}`,
	);
}

/** HTTP Request with one property of each item; `number` is the ID. */
export function patchDepartment(tenant: string): INode {
	return withBody(
		request('Write', tenant, 'PATCH', 'Contact/{{ $json.number }}'),
		'={{ JSON.stringify({ Department: $json.Department }) }}',
	);
}

/** HTTP Request with a row of an extra table for each item. */
export function insertRow(tenant: string, table: string): INode {
	return withBody(
		request('Write', tenant, 'POST', `Table/${table}`),
		'={{ JSON.stringify({ x_code: $json.x_code, x_name: $json.x_name }) }}',
	);
}

/** HTTP Request with a company for each item, which comes into a selection; `number` is the ID. */
export function addCompany(tenant: string, selectionId: number): INode {
	return withBody(
		request('Write', tenant, 'POST', `Selection/${selectionId}/Members/AddPerson`),
		'={{ JSON.stringify([{ ContactId: $json.number, PersonId: 0 }]) }}',
	);
}

/** @param path may have expressions in it */
function request(
	name: string,
	tenant: string,
	method: string,
	path: string,
	query: Record<string, string> = {},
): INode {
	const url = `=https://online2.superoffice.com/${tenant}/api/v1/${path}`;
	const node = httpRequestNode(url, {
		Accept: 'application/json',
		'Accept-Language': 'en',
		'SO-TimeZone': 'UTC, includeTZOffset',
	});
	const parameters = Object.entries(query).map(([key, value]) => ({ name: key, value }));
	Object.assign(node, { id: name, name });
	Object.assign(node.parameters, {
		method,
		sendQuery: parameters.length > 0,
		queryParameters: { parameters },
	} satisfies INodeParameters);
	return node;
}

function withBody(node: INode, json: string): INode {
	Object.assign(node.parameters, { sendBody: true, specifyBody: 'json', jsonBody: json });
	return node;
}
