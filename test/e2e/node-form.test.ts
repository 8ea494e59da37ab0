import type { Browser } from 'playwright-core';

import { operation } from '../engine/superoffice/node';
import { databaseOf } from '../superoffice-online/crm/store';
import { isBrowserThere, startBrowser } from './support/browser';
import { Editor } from './support/editor';
import { testWhere, useRealN8n } from './support/n8n';

const real = useRealN8n();

const testInBrowser = testWhere({ chromium: isBrowserThere() });

describe('the form of the SuperOffice node', () => {
	let browser: Browser;
	let editor: Editor;
	let tenant: string;
	beforeAll(async () => {
		if (!isBrowserThere()) return;
		tenant = await real.useNewTenant();
		databaseOf(real.online.tenant(tenant)).insert('Contact', {
			values: { Name: 'Nordlys AS' },
			customFields: { 'SuperOffice:7': '[I:1]' },
		});
		const nodes = ['create', 'get', 'getAll'].map((name, index) =>
			operation('company', name, {}, { id: name, name, position: [index * 250, 0] }),
		);
		await real.n8n.importWorkflows({ id: 'form', name: 'form', nodes, connections: {} });
		browser = await startBrowser();
		const server = await real.n8n.start();
		editor = await Editor.signIn(browser, server.url);
	});
	afterAll(async () => {
		await browser?.close();
		await real.n8n.stop();
	});

	testInBrowser('shows fields by label and lists as choices, custom ones too', async () => {
		await editor.openNode('form', 'create');
		await editor.part('parameter-input-Name').waitFor();
		for (const label of ['Company Name', 'Category', 'Business']) {
			await editor.page.getByText(label, { exact: true }).first().waitFor();
		}
		await editor.addField('Segment');
		const choices = await editor.openList('SuperOffice:7');
		expect(await choices.allInnerTexts()).toEqual(['Gold', 'Silver', 'Bronze']);
		await editor.photograph('form-1-create');
		await choices.filter({ hasText: 'Gold' }).click();
		await editor.enter('Name', 'Soria Moria AS');
		await editor.choose('Category', 'Customer');
		await editor.choose('Business', 'Retail');
		expect(await editor.executeNode()).toContain('Soria Moria AS');
		await editor.photograph('form-2-created');
		const created = databaseOf(real.online.tenant(tenant)).all('Contact').at(-1)!;
		expect(created.values).toMatchObject({ Name: 'Soria Moria AS', Category: 1 });
		expect(created.customFields).toMatchObject({ 'SuperOffice:7': '[I:1]' });
	});

	testInBrowser('finds a company by the first letters of its name', async () => {
		await editor.openNode('form', 'get');
		await editor.part('rlc-input').first().click();
		await editor.page.keyboard.type('nor');
		const found = editor.part('rlc-item').filter({ hasText: 'Nordlys AS' });
		await found.waitFor();
		await editor.photograph('form-3-search');
		await found.click();
		expect(await editor.executeNode()).toContain('Nordlys AS');
	});

	testInBrowser('lists the columns to filter by, and the operators that fit them', async () => {
		await editor.openNode('form', 'getAll');
		await editor.page.getByRole('button', { name: 'Add Filter' }).click();
		await editor.choose('column', 'Segment');
		const operators = await editor.openList('operator');
		const names = ['Is One Of', 'Is Not One Of', 'Is', 'Is Empty', 'Is Not Empty'];
		expect(await operators.allInnerTexts()).toEqual(names);
		await editor.photograph('form-4-filter');
		await operators.first().click();
		await editor.enter('value', 'Gold');
		expect(await editor.executeNode()).toContain('Nordlys AS');
	});
});
