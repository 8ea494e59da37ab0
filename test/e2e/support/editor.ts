import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { owner } from './n8n-server';

/** A search result in the node panel. */
export interface Found {
	text: string;
	/** The URL of its icon; empty until it has loaded. */
	icon: string;
}

/** n8n's editor in a browser, as a user operates it. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	static async signIn(
		browser: Browser,
		url: string,
		colorScheme: 'light' | 'dark' = 'light',
	): Promise<Editor> {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
		// n8n's editor is large, and the machine may be busy.
		page.setDefaultTimeout(90_000);
		const editor = new Editor(page, url);
		await page.goto(`${url}/signin`);
		await page.fill('input[name="emailOrLdapLoginId"]', owner.email);
		await page.fill('input[name="password"]', owner.password);
		await editor.part('form-submit-button').click();
		await page.waitForURL(/home|workflow/);
		return editor;
	}

	/** A part of the page, by its name in n8n’s own tests. */
	part(name: string): Locator {
		return this.page.locator(`[data-test-id="${name}"]`);
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').first().click();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Opens a workflow with the form of one of its nodes. */
	async openNode(workflow: string, id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflow}/${id}`);
		await this.part('node-execute-button').waitFor();
		// The form asks the node for its lists a moment later.
		await this.page.waitForTimeout(1000);
	}

	/** Adds a field to those that the open node sends; n8n lists them in a menu, or in a select. */
	async addField(label: string): Promise<void> {
		const add = this.part('add-fields-select');
		await add.locator('button, input').first().click();
		const name = { name: label, exact: true };
		const { page } = this;
		await page.getByRole('menuitem', name).or(page.getByRole('option', name)).first().click();
	}

	/** Runs the open workflow, and waits until n8n reports success. */
	async executeWorkflow(): Promise<void> {
		await this.page.locator('[data-test-id^="execute-workflow-button"]').last().click();
		await this.page.getByText('Workflow executed successfully').waitFor();
	}

	/** Searches the node panel, and returns the results once they include a node. */
	async searchNodes(words: string, name: string): Promise<Found[]> {
		await this.part('node-creator-search-bar').first().fill(words);
		const items = this.part('item-iterator-item');
		await items.filter({ hasText: name }).first().waitFor();
		// The rest of the list appears a moment later.
		await this.page.waitForTimeout(500);
		const read = async (item: Locator) => ({
			text: await item.innerText(),
			icon: String((await item.locator('img').evaluateAll(readIcons))[0] ?? ''),
		});
		return await Promise.all((await items.all()).map(read));
	}

	/** Adds a node from the search results, and opens it. */
	async addNode(name: string): Promise<void> {
		await this.part('item-iterator-item').filter({ hasText: name }).first().click();
		const add = this.page.getByText('Add to workflow');
		const isOpen = this.part('node-execute-button');
		// A community node's description is shown first.
		await add.or(isOpen).first().waitFor();
		if (await add.isVisible()) await add.click();
		await isOpen.waitFor();
	}

	/** Adds the trigger of an app from the search results, where it stands beside the app’s actions, and opens it. */
	async addTrigger(app: string, event: string): Promise<void> {
		await this.part('item-iterator-item').filter({ hasText: app }).first().click();
		await this.page.getByText(event).first().click();
		await this.part('node-execute-button').waitFor();
	}

	/** Adds another node after the last one, and opens it. */
	async addNext(name: string): Promise<void> {
		await this.part('ndv-close-button').or(this.part('back-to-canvas')).first().click();
		await this.part('node-creator-plus-button').click();
		await this.searchNodes(name, name);
		await this.addNode(name);
	}

	/** Opens the form for a new credential in the open node. */
	async createCredential(): Promise<void> {
		// If there is no credential yet, the newer n8n has a button instead of the list.
		const connect = this.page.getByRole('button', { name: 'Connect to SuperOffice' });
		const list = this.part('node-credentials-select');
		await connect.or(list).first().click();
		const create = this.part('node-credentials-select-item-new');
		const field = this.part('parameter-input-privateKey');
		await create.or(field).first().waitFor();
		if (await create.isVisible()) await create.click();
		await field.waitFor();
	}

	/** Saves the credential, and returns the form's test result; the form may close on success. */
	async saveCredential(): Promise<string> {
		await this.part('credential-save-button').click();
		const form = this.part('editCredential-modal');
		const failed = form.getByText('More details');
		const isTested = form.getByText('Connection tested successfully');
		await Promise.any([failed.waitFor(), isTested.waitFor(), form.waitFor({ state: 'detached' })]);
		if (await failed.isVisible()) {
			await failed.click();
			return await form.innerText();
		}
		if (!(await isTested.isVisible())) await this.part('credential-edit-button').click();
		await isTested.waitFor();
		return (await isTested.innerText()).trim();
	}

	async closeCredential(): Promise<void> {
		await this.part('editCredential-modal').getByLabel('Close this dialog').click();
	}

	async chooseCredentialType(name: string): Promise<void> {
		await this.part('credential-select').click();
		await this.page.keyboard.type(name);
		await this.page.getByRole('option', { name }).click();
	}

	async choose(parameter: string, option: string): Promise<void> {
		const options = await this.openList(parameter);
		await options.filter({ hasText: option }).first().click();
	}

	/** Opens the list of a parameter, and returns its options, once there are some. */
	async openList(parameter: string): Promise<Locator> {
		const list = this.part(`parameter-input-${parameter}`);
		// While n8n asks the node for options, the list is disabled.
		await list.locator('input:enabled').first().waitFor();
		await list.click();
		const options = this.page.getByRole('option').filter({ visible: true });
		await options.first().waitFor();
		return options;
	}

	async enter(parameter: string, value: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).locator('input, textarea').first().fill(value);
	}

	/** Runs the open node, and returns the text of its output. */
	async executeNode(): Promise<string> {
		await this.part('node-execute-button').click();
		const output = this.part('output-panel').or(this.part('ndv-output-panel')).first();
		await output.locator('table, .vjs-tree, [data-test-id="node-error-message"]').first().waitFor();
		return await output.innerText();
	}

	async showOutputAsJson(): Promise<void> {
		await this.part('output-panel').locator('[data-test-id="radio-button-json"]').click();
	}

	/** Saves a screenshot of the page if SCREENSHOTS names a folder. */
	async photograph(name: string): Promise<void> {
		const { SCREENSHOTS: folder, REAL_N8N_VERSION: version } = process.env;
		if (!folder) return;
		await mkdir(folder, { recursive: true });
		// Hides n8n's notifications, and lets animations finish.
		await this.page.addStyleTag({ content: '.el-notification { display: none !important; }' });
		await this.page.waitForTimeout(1000);
		await this.page.screenshot({ path: join(folder, `${version}-${name}.png`) });
	}
}

/** Runs in the page: the URLs of the images that have loaded. */
function readIcons(images: unknown[]): string[] {
	return (images as Array<{ src: string; naturalWidth: number }>)
		.filter(({ naturalWidth }) => naturalWidth > 0)
		.map(({ src }) => src);
}
