import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { INode } from 'n8n-workflow';

import type { Input } from './run-alone';
import { credentialOf, type World } from './world';

const execute = promisify(execFile);

/**
 * How many more bytes of memory a process takes up at most while it runs these nodes, measured in an n8n engine that
 * has a process of its own.
 */
export async function peakMemory(world: World, nodes: INode[]): Promise<number> {
	const input: Input = { credential: credentialOf(world.engine), nodes };
	const child = execute(
		process.execPath,
		['--expose-gc', '--import', 'tsx', join(__dirname, 'run-alone.ts')],
		{ cwd: join(__dirname, '..') },
	);
	child.child.stdin!.end(JSON.stringify(input));
	const { stdout } = await child;
	return Number(stdout.trim().split('\n').at(-1));
}
