import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { licensesOf } = require('../../scripts/third-party/licenses.js');

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'licenses-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes files, by their paths. */
function write(files: Record<string, string>) {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(root, dirname(path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
}

/** Writes a package of one file. */
function install(folder: string, manifest: object, files: Record<string, string> = {}) {
	const all = { 'package.json': JSON.stringify(manifest), 'index.js': 'exports.a = 1;', ...files };
	for (const [path, text] of Object.entries(all)) write({ [`${folder}/${path}`]: text });
}

/** The licenses of a bundle of these files. */
async function licensesIn(...files: string[]): Promise<string> {
	const inputs = Object.fromEntries(files.map((file) => [file, { bytesInOutput: 1 }]));
	return await licensesOf({ outputs: { 'bundle.js': { inputs } } }, root);
}

describe('the licenses of bundled packages', () => {
	test('come with name, version and text, each package once', async () => {
		const manifest = { name: 'left', version: '1.2.3', license: 'MIT' };
		install('node_modules/left', manifest, { LICENSE: 'Copyright L\n', 'more.js': '' });
		expect(await licensesIn('node_modules/left/index.js', 'node_modules/left/more.js')).toBe(
			'left 1.2.3\n\nCopyright L\n',
		);
	});

	test('are found in scopes, and in packages within packages', async () => {
		const inner = 'node_modules/left/node_modules/@in/inner';
		install(inner, { name: '@in/inner', version: '1.0.0', license: 'ISC' }, { 'LICENSE.md': 'I' });
		expect(await licensesIn(`${inner}/index.js`)).toBe('@in/inner 1.0.0\n\nI\n');
	});

	test('name license and author where a package has no license file', async () => {
		const manifest = { name: 'left', version: '1.2.3', license: 'MIT', author: 'Ann Author' };
		install('node_modules/left', manifest);
		expect(await licensesIn('node_modules/left/index.js')).toBe(
			'left 1.2.3\n\nLicense: MIT\nAuthor: Ann Author\n',
		);
	});

	test('include a NOTICE, which Apache-2.0 asks to be passed on', async () => {
		const manifest = { name: 'left', version: '1.2.3', license: 'Apache-2.0' };
		install('node_modules/left', manifest, { LICENSE: 'Apache License', NOTICE: 'By Ann' });
		expect(await licensesIn('node_modules/left/index.js')).toContain('Apache License\n\nBy Ann');
	});

	test('leave out a package of which no code is in the bundle', async () => {
		const inputs = { 'node_modules/left/index.js': { bytesInOutput: 0 } };
		expect(await licensesOf({ outputs: { 'bundle.js': { inputs } } }, root)).toBe('');
	});

	test.each([
		['no license', {}, /^left 1\.2\.3 is bundled, and its package\.json names no license\./],
		[
			'another license',
			{ license: 'GPL-3.0' },
			/its license is GPL-3\.0, which is not one of 0BSD/,
		],
		['a choice of licenses', { license: '(MIT OR GPL-3.0)' }, /its license is \(MIT OR GPL-3\.0\)/],
	])('stop the build at %s', async (_, manifest, message) => {
		install('node_modules/left', { name: 'left', version: '1.2.3', ...manifest }, { LICENSE: 'L' });
		await expect(licensesIn('node_modules/left/index.js')).rejects.toThrow(message);
	});

	test('stop the build at a minified file, in which other packages may be', async () => {
		const manifest = { name: 'left', version: '1.2.3', license: 'MIT' };
		install('node_modules/left', manifest, { 'lib.cjs': `${'a();'.repeat(1000)}\n` });
		await expect(licensesIn('node_modules/left/lib.cjs')).rejects.toThrow(
			'node_modules/left/lib.cjs is minified, so it may contain other packages unnoticed.',
		);
	});
});
