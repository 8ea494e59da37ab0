import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const check = async (...tag: string[]) =>
	await promisify(execFile)(process.execPath, ['scripts/check-release.mjs', ...tag], { cwd: root });

describe('a release', () => {
	test('has one version in tag, package, lock file and changelog', async () => {
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

	test('is made by actions that nobody can change meanwhile', () => {
		const folder = join(root, '.github/workflows');
		const used = readdirSync(folder).flatMap((file) =>
			readFileSync(join(folder, file), 'utf8').match(/uses: .*/g),
		);
		expect(used.length).toBeGreaterThan(3);
		for (const action of used) expect(action).toMatch(/^uses: [\w/-]+@[0-9a-f]{40} # v\d/);
	});
});
