import type { Browser } from 'playwright-core';

import { isBrowserThere, startBrowser } from './support/browser';
import { Editor } from './support/editor';
import { testWhere, useRealN8n } from './support/n8n';
import { atHost, connect, hooks, until } from './support/triggers';

const real = useRealN8n();

const testInBrowser = testWhere({ chromium: isBrowserThere() });

let browser: Browser;
beforeAll(async () => {
	if (isBrowserThere()) browser = await startBrowser();
});
afterAll(async () => {
	await browser?.close();
	await real.n8n.stop();
});

testInBrowser('a user picks events, listens for a test event, and sees it', async () => {
	const { n8n, online } = real;
	const tenant = await real.useNewTenant();
	const server = await n8n.start({ env: atHost });
	connect(real, server);
	const editor = await Editor.signIn(browser, server.url);
	await editor.newWorkflow();
	await editor.searchNodes('SuperOffice Trigger', 'SuperOffice');
	await editor.photograph('trigger-1-search');
	await editor.addTrigger('SuperOffice', 'On company changed');
	await editor.photograph('trigger-2-added');
	await editor.choose('events', 'Sale Sold');
	await editor.page.keyboard.press('Escape');
	await editor.photograph('trigger-3-events');

	await editor.part('node-execute-button').click();
	await until(() => hooks(real, tenant).length === 1);
	const [hook] = hooks(real, tenant);
	expect(hook!.targetUrl).toContain('/webhook-test/');
	expect(hook!.events).toEqual(['contact.changed', 'sale.sold']);
	await editor.photograph('trigger-4-listening');
	const eventId = online.webhooks.raise(tenant, 'contact.changed', 3, { changes: ['name'] });
	const output = editor.part('output-panel').or(editor.part('ndv-output-panel')).first();
	await output.getByText(eventId).first().waitFor();
	await editor.photograph('trigger-5-event');
	await until(() => hooks(real, tenant).length === 0);
});
