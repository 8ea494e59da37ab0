import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = join(__dirname, '../../..');

/**
 * The folder n8n's HTTP Request node is in; downloads it first if it is not there yet. The script
 * runs in a process of its own because jest cannot import an ES module.
 */
export async function findHttpRequestNode(): Promise<string> {
	const script = join(__dirname, 'unpack-http-request-node.mjs');
	await promisify(execFile)(process.execPath, [script], { env: withoutLoaders() });
	return join(PROJECT, 'node_modules/.cache/n8n-nodes-base');
}

/** The script must not inherit this process's loaders, such as the one for TypeScript. */
function withoutLoaders(): NodeJS.ProcessEnv {
	const env = { ...process.env };
	delete env.NODE_OPTIONS;
	return env;
}
