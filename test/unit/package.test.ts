import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

	test('can be required by Node.js programs, with types', () => {
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

	test('has a license text for every package whose code is in it, and for no other', async () => {
		const file = join(root, 'dist/superoffice/third-party/LICENSES.txt');
		const sections = readFileSync(file, 'utf8').split(/^-{72}$/m);
		const licenses = Object.fromEntries(
			sections.map((section) => section.trim().split(/\n\n(.*)/s) as [string, string]),
		);
		const bundled = await packagesInBundle();
		expect(bundled.length).toBeGreaterThan(3);
		expect(Object.keys(licenses).sort()).toEqual(bundled.map(({ title }) => title).sort());
		for (const { title, license } of bundled) {
			const isCopyright = /^\W*copyright .*\w/im.test(licenses[title]!);
			if (!isCopyright) expect(licenses[title]).toContain(license);
		}
	});

	test('has no dependencies, and leaves out the tests', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const others = /^(test|scripts|bench|soak|examples)\//;
		expect(paths().filter((path) => others.test(path))).toEqual([]);
	});

	test('is under 300 KB', () => {
		expect(packed.size).toBeLessThan(300 * 1024);
	});

	test('is found by searching for SuperOffice', () => {
		for (const node of manifest.n8n.nodes as string[]) {
			const codex = JSON.parse(readFileSync(join(root, node.replace(/\.js$/, '.json')), 'utf8'));
			const name = basename(node, '.node.js');
			expect(codex.node).toBe(
				`n8n-nodes-superoffice.${name.charAt(0).toLowerCase()}${name.slice(1)}`,
			);
			expect(codex.alias).toContain('SuperOffice');
		}
	});
});

/** The packages that esbuild names, file by file, in comments of a bundle that is not minified. */
async function packagesInBundle(): Promise<Array<{ title: string; license: string }>> {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { bundle } = require(join(root, 'scripts/third-party/bundle.js'));
	const { outputFiles } = await bundle({ minify: false, write: false });
	const text = (outputFiles as Array<{ text: string }>).map((file) => file.text).join('\n');
	const comments = text.matchAll(/^\s*\/\/ (\S*node_modules\/(?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm);
	const folders = new Set([...comments].map(([, folder]) => folder!));
	return [...folders].map((folder) => {
		const read = readFileSync(join(root, folder, 'package.json'), 'utf8');
		const { name, version, license } = JSON.parse(read);
		return { title: `${name} ${version}`, license };
	});
}

const markdown = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'bench/README.md'];
const documents = [
	...markdown,
	...readdirSync(join(root, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];
const onGitHub = `${manifest.homepage}/blob/main/`;

/** The anchors that GitHub gives to the headings. */
function anchorsIn(file: string): string[] {
	return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
		text!
			.toLowerCase()
			.replace(/[^\w -]/g, '')
			.replaceAll(' ', '-'),
	);
}

/** The links in a file that point to nothing in this repository. */
function deadLinks(from: string, links: string[]): string[] {
	return links.filter((link) => {
		const isOurs = link.startsWith(onGitHub);
		if (/^https?:/.test(link) && !isOurs) return false;
		const [path = '', anchor] = (isOurs ? link.slice(onGitHub.length) : link).split('#');
		const file = isOurs ? join(root, path) : join(root, dirname(from), path || basename(from));
		return !existsSync(file) || (anchor !== undefined && !anchorsIn(file).includes(anchor));
	});
}

test.each(documents)('%s has no dead links', (document) => {
	const text = readFileSync(join(root, document), 'utf8');
	const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
	expect(deadLinks(document, links)).toEqual([]);
});

test.each([
	'credentials/SuperOfficeApi.credentials.ts',
	'nodes/GetSystemUserTicket/GetSystemUserTicket.node.json',
	'nodes/SuperOffice/SuperOffice.node.json',
	'nodes/SuperOfficePollingTrigger/SuperOfficePollingTrigger.node.json',
	'nodes/SuperOfficeTrigger/SuperOfficeTrigger.node.json',
	'.github/ISSUE_TEMPLATE/bug.yml',
])('%s links to documentation that exists', (file) => {
	const text = readFileSync(join(root, file), 'utf8');
	const links = text.match(/https:[^\s"')]+/g)!.filter((link) => link.startsWith(onGitHub));
	expect(links).not.toEqual([]);
	expect(deadLinks(file, links)).toEqual([]);
});

test('the README is short', () => {
	const readme = readFileSync(join(root, 'README.md'));
	expect(readme.length).toBeLessThan(9 * 1024);
	expect(readme.toString().split('\n').length).toBeLessThanOrEqual(140);
});
