import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chain } from '../support/workflows';
import type { useNode } from './use-node';

/** A file as the items of a workflow have it. */
export interface TestFile {
	name: string;
	bytes: Buffer;
	mimeType?: string;
}

const store = () => Container.get(BinaryDataService);

/** Has n8n keep files on disk, as its present generation does, in a folder of the test's own. Without it: in memory. */
export function useFilesOnDisk(): void {
	let keepInMemory: () => Promise<void>;
	beforeAll(async () => {
		keepInMemory = await keepFilesOnDisk();
	});
	afterAll(async () => await keepInMemory());
}

/** The same outside of tests. */
export async function keepFilesOnDisk(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-binary-data-'));
	Object.assign(Container.get(BinaryDataConfig), {
		mode: 'filesystem',
		localStoragePath: folder,
	});
	await store().init();
	return async () => {
		store().setManager('filesystem-v2', undefined as never);
		await rm(folder, { recursive: true, force: true });
	};
}

/** An item with files, each under the name of a binary field. */
export async function itemWith(
	files: Record<string, TestFile>,
	json: IDataObject = {},
): Promise<INodeExecutionData> {
	const binary: INodeExecutionData['binary'] = {};
	const location = { type: 'execution', workflowId: 'w', executionId: 'e' } as const;
	for (const [field, { name, bytes, mimeType = 'application/octet-stream' }] of Object.entries(
		files,
	)) {
		const about = { mimeType, fileName: name, data: '' };
		binary[field] = await store().store(location, bytes, about);
	}
	return { json, binary };
}

/** The files of an item that came out of a node. */
export async function filesOf({
	binary = {},
}: INodeExecutionData): Promise<Record<string, TestFile>> {
	const entries = Object.entries(binary).map(async ([field, data]) => {
		const bytes = await store().getAsBuffer(data);
		return [field, { name: data.fileName!, bytes, mimeType: data.mimeType }] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

/** Runs the node with such items: what comes out, or why it failed. */
export function runnersWithFiles({ n8n }: ReturnType<typeof useNode>) {
	const run = async (node: INode, items: INodeExecutionData[]) => {
		const workflow = { ...chain(node), pinData: { Start: items } };
		return await n8n.engine.run(workflow);
	};
	return {
		async run(node: INode, items: INodeExecutionData[] = [{ json: {} }]) {
			const { output, error } = await run(node, items);
			expect([error?.message, error?.description]).toEqual([undefined, undefined]);
			return output('SuperOffice');
		},
		async refused(node: INode, items: INodeExecutionData[] = [{ json: {} }]): Promise<string> {
			const { error } = await run(node, items);
			expect(error).toBeDefined();
			return `${error?.message}\n${error?.description}`;
		},
	};
}
