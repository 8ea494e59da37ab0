import { randomBytes } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { filesOf, useFilesOnDisk } from './files';
import { operation } from './node';
import { pdf, useDocuments } from './use-documents';

const node = useDocuments();

const file = (path: string, parameters: INodeParameters = {}) =>
	operation('api', 'call', { method: 'GET', path, responseFormat: 'file', ...parameters });

/** Has SuperOffice answer with a text and these headers. */
const answer = (headers: Record<string, string>, body = 'a;b') =>
	node.n8n.online.misbehave({ at: 'api', kind: 'status', status: 200, times: 1, body, headers });

const received = async (path = '/v1/Some/Report', parameters?: INodeParameters) => {
	const [output] = await node.run(file(path, parameters));
	return { json: output!.json, files: await filesOf(output!) };
};

describe.each(['in memory', 'on disk'])('an answer as a file, kept %s', (where) => {
	if (where === 'on disk') useFilesOnDisk();

	test('has its bytes, 3 MB of them', async () => {
		const bytes = randomBytes(3 * 1024 ** 2);
		const id = node.stored(pdf('offer.pdf', bytes));
		const { files } = await received(`/v1/Document/${id}/Content`);
		expect(files.data!.bytes.equals(bytes)).toBe(true);
	});

	test('is read anew where the connection broke halfway', async () => {
		const bytes = randomBytes(200_000);
		const id = node.stored(pdf('offer.pdf', bytes));
		node.n8n.online.misbehave({ at: 'api', path: /Content$/, kind: 'cut', times: 1 });
		const { files } = await received(`/v1/Document/${id}/Content`);
		expect(files.data!.bytes.equals(bytes)).toBe(true);
	});
});

describe('a file', () => {
	test.each([
		['attachment; filename="report.csv"', 'report.csv'],
		['attachment; filename=report.csv', 'report.csv'],
		['attachment; filename="a \\"b\\".csv"', 'a "b".csv'],
		[
			'attachment; filename="x.csv"; filename*=UTF-8\'\'%C3%85sne%20%26%20S%C3%B8nn.csv',
			'Åsne & Sønn.csv',
		],
		[Buffer.from('attachment; filename="Åsne.csv"').toString('latin1'), 'Åsne.csv'],
		['attachment; filename="Åsne.csv"', 'Åsne.csv'],
		['attachment; filename="..\\\\..\\\\etc/report.csv"', 'report.csv'],
		["attachment; filename*=UTF-8''%E0%A4%A.csv; filename=plain.csv", 'plain.csv'],
	])('has the name of Content-Disposition: %s', async (header, name) => {
		answer({ 'Content-Disposition': header, 'Content-Type': 'text/csv; charset=utf-8' });
		const { json, files } = await received();
		expect(json).toEqual({ fileName: name, mimeType: 'text/csv' });
		expect(files.data).toMatchObject({ name, bytes: Buffer.from('a;b'), mimeType: 'text/csv' });
	});

	test.each(['attachment', 'attachment; filename=""', 'attachment; filename="reports/"'])(
		'has no name where the answer says none: %s',
		async (header) => {
			answer({ 'Content-Disposition': header, 'Content-Type': 'image/png' });
			expect((await received()).json).toEqual({ mimeType: 'image/png' });
		},
	);

	test('is put in the field that is chosen, and may be the answer to a POST', async () => {
		answer({ 'Content-Type': 'text/plain' }, 'done');
		const more = { method: 'POST', body: '{"a": 1}', binaryPropertyName: 'report' };
		const { files } = await received('/v1/Report', more);
		expect(files.report!.bytes.toString()).toBe('done');
		expect(node.n8n.online.requests.at(-1)).toMatchObject({ method: 'POST' });
	});

	test('is JSON where SuperOffice answers with JSON', async () => {
		const { json, files } = await received('/v1/MDOList/mrmrs');
		expect(json.mimeType).toBe('application/json');
		expect(JSON.parse(files.data!.bytes.toString())).toHaveLength(3);
	});

	test('is none where there is no content', async () => {
		const id = node.stored();
		const [output] = await node.run(file(`/v1/Document/${id}`, { method: 'DELETE' }));
		expect(output).toMatchObject({ json: { success: true } });
		expect(output!.binary).toBeUndefined();
	});
});

describe('what goes wrong', () => {
	test('is told in SuperOffice’s words, and there is no file', async () => {
		expect(await node.refused(file('/v1/Document/999/Content'))).toContain(
			'SuperOffice turned the call down (status 404): Document id 999 not found',
		);
	});

	test('All Pages makes no file', async () => {
		const refusal = await node.refused(file('/v1/Contact', { options: { allPages: true } }));
		expect(refusal).toContain('All Pages cannot be used with the response format File.');
	});

	test('a format that there is none of is refused', async () => {
		const refusal = await node.refused(file('/v1/Contact', { responseFormat: 'xml' }));
		expect(refusal).toContain('Response Format cannot be “xml”.');
	});
});
