import type { IDataObject, INode } from 'n8n-workflow';

import type { Tenant } from '../test/superoffice-online';
import {
	getCompanies,
	getPages,
	lookUpAndWrite,
	patchDepartment,
	patchReferences,
	readLists,
	update,
	upsert,
} from './crm-workflows';
import { numbered } from './world';

/** What is done with a tenant's companies, with the SuperOffice node and by hand. */
export interface Task {
	title: string;
	/** Before it. */
	companies: number;
	items(tenant: Tenant): IDataObject[];
	superOffice: INode[];
	httpRequest(contextIdentifier: string): INode[];
	/** How many companies are as they should be, by what the last node put out and by the tenant's database. */
	countDone(output: IDataObject[], companies: Array<Record<string, unknown>>): number;
	/** How many of them there should be. */
	count: number;
}

export const reading: Task = {
	title: '10,000 companies read',
	companies: 10_000,
	items: () => [{}],
	superOffice: [getCompanies()],
	httpRequest: (tenant) => [getPages(tenant)],
	countDone(output) {
		const rows = output.flatMap(({ value, ...row }) =>
			Array.isArray(value) ? (value as IDataObject[]) : [row],
		);
		return new Set(rows.map(({ contactId }) => contactId)).size;
	},
	count: 10_000,
};

/** Half of them are there already. */
const upserting: Task = {
	title: '500 companies created or updated',
	companies: 250,
	items(tenant) {
		const there = tenant.data.all('Contact').map(({ values }) => String(values.Name));
		const missing = numbered(250).map(({ number }) => `New Company ${number as number}`);
		return [...there, ...missing].map((Name) => ({ Name, Department: 'Bench' }));
	},
	superOffice: [upsert('Name')],
	httpRequest: lookUpAndWrite,
	countDone: (_, companies) =>
		companies.length === 500 ? companies.filter(isOfBench).length : companies.length,
	count: 500,
};

const naming: Task = {
	title: '100 companies updated, 3 list names each',
	companies: 100,
	items: () =>
		numbered(100).map((item) => ({
			...item,
			Category: 'Prospect',
			Business: 'Retail',
			Country: 'Denmark',
		})),
	superOffice: [update()],
	httpRequest: (tenant) => [...readLists(tenant), patchReferences(tenant)],
	countDone: (_, companies) =>
		companies.filter(
			({ Category, Business, Country }) => Category === 2 && Business === 3 && Country === 208,
		).length,
	count: 100,
};

export const updating: Task = {
	title: '200 companies updated',
	companies: 200,
	items: () => numbered(200).map((item) => ({ ...item, Department: 'Bench' })),
	superOffice: [update()],
	httpRequest: (tenant) => [patchDepartment(tenant)],
	countDone: (_, companies) => companies.filter(isOfBench).length,
	count: 200,
};

export const tasks = [reading, upserting, naming];

function isOfBench({ Department }: Record<string, unknown>): boolean {
	return Department === 'Bench';
}
