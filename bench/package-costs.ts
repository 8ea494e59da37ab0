import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Input } from './hold-tenants';
import { median, milliseconds, ratio, table } from './table';
import type { World } from './world';

const execute = promisify(execFile);
const root = join(__dirname, '..');
const rounds = 15;

/** Milliseconds that loading takes, in a new process each time. */
async function loadTime(...modules: string[]): Promise<number> {
	const program = `
		require('n8n-workflow');
		const start = performance.now();
		for (const module of ${JSON.stringify(modules)}) require(module);
		console.log(performance.now() - start);`;
	const { stdout } = await execute(process.execPath, ['-e', program], { cwd: root });
	return Number(stdout);
}

/** How long n8n takes to load the package, and how large it is. */
export async function measurePackage(): Promise<string> {
	const { n8n } = JSON.parse(JSON.stringify(await import('../package.json'))) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const ours = [...n8n.nodes, ...n8n.credentials].map((file) => `./${file}`);
	const unbundled = ['jsonwebtoken', 'fast-xml-parser'];
	const times: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		times[0].push(await loadTime(...ours));
		times[1].push(await loadTime(...unbundled));
	}
	const [time, theirs] = times.map(median) as [number, number];
	const pack = ['pack', '--dry-run', '--json', '--loglevel=error'];
	const { stdout } = await execute('npm', pack, { cwd: root });
	const [packed] = Object.values(JSON.parse(stdout) as object) as [
		{ size: number; unpackedSize: number; entryCount: number },
	];
	const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
	return table(
		['the package', ''],
		[
			['loading credential and node, n8n being there', milliseconds(time)],
			['the same ÷ loading jsonwebtoken and fast-xml-parser from npm', ratio(time, theirs)],
			['tarball', kilobytes(packed.size)],
			['unpacked', kilobytes(packed.unpackedSize)],
			['files', String(packed.entryCount)],
		],
	);
}

/** What 1,000 tenants cost in memory, tickets, claims and addresses included: measured in a process of its own. */
export async function measureMemory(world: World): Promise<string> {
	const count = 3000;
	const tenants = Array.from({ length: count }, () => {
		const { contextIdentifier, systemUserToken } = world.online.addTenant();
		return { contextIdentifier, systemUserToken };
	});
	const application = world.online.credential(world.online.addTenant().contextIdentifier);
	const input: Input = { application, tenants };
	const program = join(__dirname, 'hold-tenants.ts');
	const child = execute(
		process.execPath,
		['--expose-gc', '--import', 'tsx', program, world.online.proxyUrl],
		{ cwd: root },
	);
	child.child.stdin!.end(JSON.stringify(input));
	const { stdout } = await child;
	const bytes = Number(stdout);
	const megabytes = (bytes / count / 1024 / 1024) * 1000;
	return table(
		['held in memory', ''],
		[['1,000 tenants: tickets, claims and addresses', `${megabytes.toFixed(1)} MB`]],
	);
}
