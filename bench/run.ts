/**
 * The bench: everything in one run, against the local service. With arguments, only the sections whose titles contain
 * one of them; with `--save`, the tables are also saved to bench/README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { compareAmounts } from './amounts';
import { compareCrmNode } from './crm-node';
import { compareSignAndVerify, measureTicketsThere } from './cpu';
import { compareRequests, compareTickets } from './exchanges';
import { compareFiles } from './files';
import { compareManyTenants } from './many-tenants';
import { measureMemory, measurePackage } from './package-costs';
import { World } from './world';

const sections: Array<[title: string, work: (world: World) => Promise<string>]> = [
	['HTTP Request with a credential', compareRequests],
	['Get System User Ticket', compareTickets],
	['Sign and verify', compareSignAndVerify],
	['A ticket that is there', measureTicketsThere],
	['The package', measurePackage],
	['Memory', measureMemory],
	['1,000 tenants, one item each', compareManyTenants],
	['The SuperOffice node beside HTTP Request', compareCrmNode],
	['Many at once', compareAmounts],
	['Files', compareFiles],
];

const readme = join(__dirname, 'README.md');
const [begin, end] = ['<!-- tables -->', '<!-- end of tables -->'];

async function main(): Promise<void> {
	const isToBeSaved = process.argv.includes('--save');
	const words = process.argv.slice(2).filter((word) => word !== '--save');
	if (isToBeSaved && words.length > 0) throw new Error('Only a whole run can be saved.');
	const world = await World.create();
	const parts = [machine()];
	console.log(`\n${parts[0]}`);
	try {
		for (const [title, work] of sections) {
			if (words.length > 0 && !words.some((word) => title.includes(word))) continue;
			console.log(`\n### ${title}\n`);
			const text = await showingTime(() => work(world));
			console.log(text);
			parts.push(`### ${title}\n\n${text}`);
		}
	} finally {
		await world.close();
	}
	if (isToBeSaved) await save(parts.join('\n\n'));
}

/** Shows that the bench is still running. */
async function showingTime<T>(work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	const ticking = setInterval(
		() => console.error(`... ${((Date.now() - start) / 1000).toFixed(0)} s`),
		10_000,
	);
	try {
		return await work();
	} finally {
		clearInterval(ticking);
	}
}

function machine(): string {
	const versions = ['n8n-core', 'n8n-workflow', 'axios', 'jsonwebtoken'].map((name) => {
		const file = join(__dirname, '../node_modules', name, 'package.json');
		return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
	});
	const [cpu] = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	const day = new Date().toISOString().slice(0, 10);
	return `${day}: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} GB; Node.js ${process.version}, OpenSSL ${process.versions.openssl}, ${versions.join(', ')}.`;
}

async function save(tables: string): Promise<void> {
	const [before, rest] = readFileSync(readme, 'utf8').split(begin) as [string, string];
	const after = rest.split(end)[1]!;
	const text = `${before}${begin}\n\n${tables}\n\n${end}${after}`;
	writeFileSync(
		readme,
		await format(text, { ...(await resolveConfig(readme)), parser: 'markdown' }),
	);
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
