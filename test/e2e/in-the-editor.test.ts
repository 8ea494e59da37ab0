import type { Browser } from 'playwright-core';

import { example } from '../engine/support/workflows';
import { keyVectors } from '../unit/support/vectors';
import { isBrowserThere, startBrowser } from './support/browser';
import { Editor } from './support/editor';
import { tell, testWhere, useRealN8n, workflowIdOf } from './support/n8n';
import type { N8nServer } from './support/n8n-server';

const real = useRealN8n();

const testInBrowser = testWhere({ chromium: isBrowserThere() });

describe('a user in the editor', () => {
	let browser: Browser;
	let server: N8nServer;
	let editor: Editor;
	let tenant: string;
	let begun: number;
	beforeAll(async () => {
		if (!isBrowserThere()) return;
		begun = Date.now();
		browser = await startBrowser();
		server = await real.n8n.start();
		editor = await Editor.signIn(browser, server.url);
		tenant = real.online.addTenant({ environment: 'sod' }).contextIdentifier;
	});
	afterAll(async () => {
		await browser?.close();
		await real.n8n.stop();
	});

	testInBrowser('searches for SuperOffice, and finds this package’s nodes alone', async () => {
		await editor.newWorkflow();
		const found = await editor.searchNodes('SuperOffice', 'Get System User Ticket');
		const names = found.map(({ text }) => text.split('\n')[0]);
		expect(names.sort()).toEqual(['Get System User Ticket', 'SuperOffice', 'SuperOffice Polling']);
		for (const { icon } of found) expect(icon).toMatch(/superoffice\.svg$/);
		await editor.photograph('1-search');
		await editor.addNode('Get System User Ticket');
	});

	testInBrowser(
		'fills in the credential: a public key as Private Key is reported, then it connects',
		async () => {
			const { online } = real;
			const { clientSecret, systemUserToken } = online.credential(tenant);
			const fields = { contextIdentifier: tenant, clientSecret, systemUserToken };
			await editor.createCredential();
			await editor.choose('environment', 'Development');
			for (const [name, value] of Object.entries(fields)) await editor.enter(name, value);
			await editor.photograph('2-form');
			await editor.enter('privateKey', keyVectors.publicKeyPem);
			expect(await editor.saveCredential()).toMatch(
				/Private Key: this is a public key\. Paste the private key/,
			);
			await editor.photograph('3-wrong-key');
			expect(online.counts.exchanges).toBe(0);
			await editor.enter('privateKey', online.application.privateKeyXml);
			expect(await editor.saveCredential()).toBe('Connection tested successfully');
			await editor.photograph('4-connected');
			expect(online.counts.exchanges).toBe(1);
			await editor.closeCredential();
		},
	);

	testInBrowser('runs the node and sees the ticket', async () => {
		const shown = await editor.executeNode();
		await editor.showOutputAsJson();
		await editor.photograph('5-ticket');
		const [ticket] = real.online.tickets.filter(
			({ contextIdentifier }) => contextIdentifier === tenant,
		);
		expect(shown.replace(/\s/g, '')).toContain(ticket!.ticket);
		expect(shown).toContain(tenant);
		expect(real.online.counts.exchanges).toBe(0);
		tell('seconds from starting n8n to the first ticket', ((Date.now() - begun) / 1000).toFixed(0));
	});

	testInBrowser(
		'chooses SuperOffice in HTTP Request, and calls the tenant without dealing with tickets',
		async () => {
			await editor.addNext('HTTP Request');
			await editor.enter('url', `https://sod.superoffice.com/${tenant}/api/v1/Contact/1`);
			await editor.choose('authentication', 'Predefined Credential Type');
			await editor.chooseCredentialType('SuperOffice API');
			const shown = await editor.executeNode();
			await editor.photograph('6-http-request');
			expect(shown).toContain(real.online.tenant(tenant).companyName);
			expect(real.online.counts.exchanges).toBe(0);
		},
	);

	testInBrowser('opens an imported example, and runs it', async () => {
		const { n8n, online } = real;
		const file = 'many-tenants.json';
		await n8n.importWorkflows({ name: file, ...example(file), id: workflowIdOf(file) });
		await real.useCredential('Cust12345');
		online.resetCounts();
		await editor.openWorkflow(workflowIdOf(file));
		await editor.executeWorkflow();
		await editor.photograph('7-example');
		expect(online.counts.exchangesByTenant).toEqual({ Cust12345: 1, Cust54321: 1 });
	});

	testInBrowser('sees the dark icon in the dark theme', async () => {
		const dark = await Editor.signIn(browser, server.url, 'dark');
		await dark.newWorkflow();
		const [found] = await dark.searchNodes('SuperOffice', 'Get System User Ticket');
		expect(found!.icon).toMatch(/superoffice\.dark\.svg$/);
		await dark.photograph('8-dark');
		await dark.page.close();
	});
});
