import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Packed {
	size: number;
	files: Array<{ path: string }>;
}

let packed: Packed;
beforeAll(async () => {
	const dryRun = ['pack', '--dry-run', '--json', '--loglevel=error'];
	const shell = process.platform === 'win32';
	const { stdout } = await promisify(execFile)('npm', dryRun, { cwd: root, shell });
	packed = Object.values(JSON.parse(stdout))[0] as Packed;
});

describe('the packed package', () => {
	const paths = () => packed.files.map(({ path }) => path);

	test('has everything that n8n loads, with icons and codex', () => {
		const { nodes, credentials, strict } = manifest.n8n;
		expect(strict).toBe(true);
		for (const file of [...nodes, ...credentials]) {
			expect(paths()).toContain(file);
			const source = readFileSync(join(root, file), 'utf8');
			const icons = [...source.matchAll(/'file:([^']+\.svg)'/g)].map(([, icon]) => icon!);
			expect(icons).toHaveLength(2);
			for (const icon of icons) expect(paths()).toContain(join(dirname(file), icon));
		}
		for (const node of nodes as string[]) expect(paths()).toContain(node.replace(/\.js$/, '.json'));
	});

	test('is what Node.js programs require, with types', () => {
		for (const file of [manifest.main, manifest.types]) expect(paths()).toContain(file);
		// eslint-disable-next-line @typescript-eslint/no-require-imports
		expect(Object.keys(require(join(root, manifest.main)))).toEqual(
			expect.arrayContaining([
				'getSystemUserTicket',
				'signSystemUserToken',
				'SuperOfficeError',
				'verifySystemUserJwt',
			]),
		);
	});

	test('brings no dependency, carries the licences of what it bundles, and leaves the tests at home', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const licences = readFileSync(join(root, 'dist/superoffice/third-party/LICENSES.txt'), 'utf8');
		for (const name of ['jsonwebtoken', 'jws', 'semver', 'fast-xml-parser', 'tiny-lru']) {
			expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
		}
		expect(paths().filter((path) => /^(test|scripts|bench|examples)\//.test(path))).toEqual([]);
	});

	test('is under 200 KB', () => {
		expect(packed.size).toBeLessThan(200 * 1024);
	});

	test('is found by the word SuperOffice', () => {
		const [node] = manifest.n8n.nodes as string[];
		const codex = JSON.parse(readFileSync(join(root, node!.replace(/\.js$/, '.json')), 'utf8'));
		expect(codex.node).toBe('n8n-nodes-superoffice.getSystemUserTicket');
		expect(codex.alias).toContain('SuperOffice');
	});
});

test('the README leads nowhere that is not there', () => {
	const readme = readFileSync(join(root, 'README.md'), 'utf8');
	const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
	const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(
		([, text]) => `#${text!.toLowerCase().replaceAll(' ', '-')}`,
	);
	for (const link of links.filter((target) => !target.startsWith('https://'))) {
		expect([
			link,
			link.startsWith('#') ? headings.includes(link) : existsSync(join(root, link)),
		]).toEqual([link, true]);
	}
});
