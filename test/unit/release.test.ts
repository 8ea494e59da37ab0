import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
const unreleased = '## Unreleased\n\n- Something new.\n\n';
const [intro = '', ...entries] = changelog.split(/^(?=## )/m);
const released = intro + entries.filter((entry) => !entry.startsWith('## Unreleased')).join('');

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'release-'));
	for (const file of ['package.json', 'package-lock.json', 'scripts']) {
		cpSync(join(root, file), join(folder, file), { recursive: true });
	}
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Checks this package against a tag, with the given changelog. */
async function check(tag: string, text = released) {
	writeFileSync(join(folder, 'CHANGELOG.md'), text);
	return await promisify(execFile)(process.execPath, ['scripts/check-release.mjs', tag], {
		cwd: folder,
	});
}

describe('a release', () => {
	test('has the same version in tag, package, lock file and changelog', async () => {
		expect((await check(`v${version}`)).stdout).toContain('agree');
	});

	test.each([
		['another version', 'v99.0.0', /The tag says 99\.0\.0, and package\.json says/],
		['no v', version, /A tag begins with v/],
		['no tag', '', /The tag says nothing/],
	])('is refused for a tag with %s', async (_, tag, stderr) => {
		await expect(check(tag)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(stderr),
		});
	});

	test('is refused while the changelog still says Unreleased', async () => {
		const text = released.replace(/^(?=## )/m, unreleased);
		await expect(check(`v${version}`, text)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/The newest entry of CHANGELOG\.md says Unreleased/),
		});
	});
});
