import { existsSync } from 'node:fs';

import { chromium, type Browser } from 'playwright-core';

const usualPaths = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Whether there is a browser to drive: the one in CHROMIUM, or an installed one. */
export function isBrowserThere(): boolean {
	return findBrowser() !== undefined;
}

export async function startBrowser(): Promise<Browser> {
	const quietly = ['networking', 'timer-throttling'].map((what) => `--disable-background-${what}`);
	const args = ['--no-sandbox', '--disable-gpu', '--disable-component-update', ...quietly];
	return await chromium.launch({ executablePath: findBrowser(), args });
}

function findBrowser(): string | undefined {
	const { CHROMIUM } = process.env;
	return CHROMIUM || usualPaths.find((path) => existsSync(path));
}
