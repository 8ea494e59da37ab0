import { randomBytes } from 'node:crypto';

import { byId, mapped, operation } from '../test/engine/superoffice/node';
import { httpRequestNode } from '../test/engine/support/workflows';
import { peakMemory } from './peak-memory';
import { median, ratio, table } from './table';
import { contenders, type World } from './world';

const size = 25 * 1024 ** 2;
const rounds = 3;

/** The memory that a file takes up on its way through n8n, which keeps it on disk. */
export async function compareFiles(world: World): Promise<string> {
	const contextIdentifier = world.useNewTenant(contenders.ours);
	const { data } = world.online.tenant(contextIdentifier);
	const name = 'large.bin';
	const values = { Name: name, Header: name, Contact: 1, DocumentTemplate: 1 };
	const { id } = data.insert('Document', { values });
	data.files.contents.set(id, randomBytes(size));

	const url = `https://online2.superoffice.com/${contextIdentifier}/api/v1/Document/${id}/Content`;
	const byHand = httpRequestNode(url, { Accept: 'application/octet-stream' });
	byHand.parameters.options = { response: { response: { responseFormat: 'file' } } };
	const download = operation('document', 'download', { recordId: byId(id) }, { name: 'Download' });
	const upload = operation('document', 'upload', {
		fields: mapped({ DocumentTemplate: 'Letter', Contact: 1 }),
	});
	const workflows = {
		'SuperOffice: Download': [download],
		'SuperOffice: Download, then Upload': [download, upload],
		'HTTP Request: download': [byHand],
	};

	const peaks = new Map<string, number[]>();
	for (let round = 0; round < rounds; round++) {
		for (const [title, nodes] of Object.entries(workflows)) {
			peaks.set(title, [...(peaks.get(title) ?? []), await peakMemory(world, nodes)]);
		}
	}
	const uploads = [...data.files.contents.values()].slice(1);
	if (uploads.length !== rounds || uploads.some(({ length }) => length !== size)) {
		throw new Error('Not all of the file was uploaded');
	}
	return table(
		['a file of 25 MB', 'peak memory', '÷ 25 MB'],
		[...peaks].map(([title, own]) => [
			title,
			`${(median(own) / 1024 ** 2).toFixed(0)} MB`,
			ratio(median(own), size),
		]),
	);
}
