import { execFile } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const execute = promisify(execFile);

let folder: string;
let clone: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'tarball-'));
	clone = join(folder, 'another', 'and deeper');
	mkdirSync(clone, { recursive: true });
	const entries = readdirSync(root).filter(
		(entry) => !/^\.|^(dist|node_modules|test)$/.test(entry),
	);
	for (const entry of entries) cpSync(join(root, entry), join(clone, entry), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packs what is built there, and gives the tarball's path. */
async function pack(cwd: string): Promise<string> {
	const to = mkdtempSync(join(folder, 'packed-'));
	const parameters = ['pack', '--json', '--loglevel=error', '--pack-destination', to];
	const shell = process.platform === 'win32';
	const { stdout } = await execute('npm', parameters, { cwd, shell });
	const [{ filename }] = Object.values(JSON.parse(stdout)) as [{ filename: string }];
	return join(to, filename);
}

/** Runs the script that prints a tarball's digest, or compares it with another. */
async function check(...parameters: string[]): Promise<string> {
	const script = ['scripts/check-tarball.mjs', ...parameters];
	return (await execute(process.execPath, script, { cwd: root })).stdout.trim();
}

describe('what is published', () => {
	let tarball: string;
	let tested: string;
	beforeAll(async () => {
		tarball = await pack(root);
		tested = await check(tarball);
	});

	test('passes if a clean build in another folder made the same, byte for byte', async () => {
		const build = ['node_modules/gulp/bin/gulp.js', 'build'];
		await execute(process.execPath, build, { cwd: clone });
		expect(await check(await pack(clone), tested)).toContain('is what was tested');
	}, 180_000);

	test('is refused if one byte in dist differs', async () => {
		cpSync(join(root, 'dist'), join(clone, 'dist'), { recursive: true });
		const file = join(clone, 'dist/superoffice/index.js');
		const bytes = readFileSync(file);
		bytes[bytes.length - 1]! ^= 1;
		writeFileSync(file, bytes);
		await expect(check(await pack(clone), tested)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining('is not what was tested'),
		});
	});

	test.each(['', 'undefined'])('is refused if the tests gave no digest: “%s”', async (digest) => {
		await expect(check(tarball, digest)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining('is not what was tested'),
		});
	});
});
