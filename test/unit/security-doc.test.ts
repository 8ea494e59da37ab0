import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const [, promises = ''] = /^## What this package promises$(.*?)^## /ms.exec(page) ?? [];

/** Each file that is named to hold a promise, with the titles of tests that follow it. */
const evidence = [
	...promises.matchAll(/\[[^\]]+\]\(([^)]+)\)((?:: |, )?(?:"[^"]+"(?:, )?)*)/g),
].map(([, file = '', titles = '']): [string, string[]] => [
	file,
	[...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
]);

describe('SECURITY.md', () => {
	test('names tests for every promise', () => {
		const parts = promises.split(/^\d+\. /m).slice(1);
		expect(parts.length).toBeGreaterThan(5);
		for (const part of parts) expect(part).toMatch(/^ +- .*\]\((test|scripts)\/[\w./-]+\)/m);
	});

	test.each(evidence)('names what is in %s', (file, titles) => {
		const source = readFileSync(join(root, file), 'utf8');
		for (const title of titles) expect(source).toContain(title);
	});
});
