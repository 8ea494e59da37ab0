import { randomBytes } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { filesOf, itemWith, useFilesOnDisk } from './files';
import { ofRequest, useRequests } from './use-requests';

const node = useRequests();

const awkward = 'Kvittering “Åse” & \'Ole\' 100% #1; "é".pdf';

const add = (id: number, messageOptions: IDataObject = {}, message = 'Hei, Åse!') =>
	ofRequest('addMessage', id, { message, messageOptions });
const messages = () => [...node.store().messages.values()];
const valuesOf = () => messages().map(({ values }) => values);

let id: number;
beforeEach(() => (id = node.stored()));

describe('a message', () => {
	test('is added as plain text that the customer can see', async () => {
		const [output] = await node.run(add(id));
		expect(valuesOf()).toEqual([
			expect.objectContaining({
				...{ Ticket: id, Body: 'Hei, Åse!', HtmlBody: '', Type: 'Plain', Slevel: 'External' },
			}),
		]);
		expect(output!.json).toMatchObject({
			...{ ticketMessageId: 1, ticketId: id, body: 'Hei, Åse!', slevel: 'External' },
			...{ attachmentIds: [] },
		});
		expect(output!.json.createdAt).toMatch(/Z$/);
		expect(node.store().notifications).toEqual([]);
	});

	test('is HTML, internal and somebody else’s where that is wanted', async () => {
		const html = '<p>Hei & hå</p>';
		await node.run(add(id, { html: true, internal: true, author: 'Ola Nordmann' }, html));
		expect(valuesOf()).toEqual([
			expect.objectContaining({
				...{ HtmlBody: html, Body: '', Type: 'Html', Slevel: 'Internal', Author: 'Ola Nordmann' },
			}),
		]);
	});

	test.each(['={{ null }}', '={{ $json.missing }}', "={{ '' }}"])(
		'is not shown to the customer where Internal comes to nothing: %s',
		async (internal) => {
			expect(await node.refused(add(id, { internal }))).toContain(
				'Internal is neither true nor false.',
			);
			expect(messages()).toEqual([]);
		},
	);

	test('is told of where that is wanted', async () => {
		await node.run(add(id, { notify: true }));
		expect(node.store().notifications).toEqual([{ ticketId: id, messageId: 1, attachments: [] }]);
	});

	test('has a text', async () => {
		expect(await node.refused(add(id, {}, ' '))).toMatch(/^Message is empty\.\n/);
		expect(messages()).toEqual([]);
	});

	test.each([
		['has no effect', 'status', []],
		['may have had one', 'lost', [1]],
	])('is not added twice where a call that failed %s', async (_, kind, ids) => {
		node.fail(/TicketMessage$/, { kind: kind as never, status: 500, times: 1 });
		const refusal = await node.refused(add(id));
		expect(refusal).toContain('The message may have been added all the same.');
		expect(messages().map((message) => message.id)).toEqual(ids);
	});
});

describe.each(['in memory', 'on disk'])('files that n8n keeps %s', (where) => {
	if (where === 'on disk') useFilesOnDisk();
	const files = () => ({
		data: { name: awkward, bytes: randomBytes(2 * 1024 ** 2), mimeType: 'application/pdf' },
		photo: { name: '', bytes: randomBytes(1000), mimeType: 'image/png' },
	});

	test('are attached to a message, and come back with it', async () => {
		const sent = files();
		const [added] = await node.run(add(id, { attachments: 'data, photo', notify: true }), [
			await itemWith(sent),
		]);
		expect(added!.json.attachmentIds).toEqual([1, 2]);
		// Not before they are there.
		expect(node.store().notifications).toEqual([
			{ ticketId: id, messageId: 1, attachments: [1, 2] },
		]);
		const get = ofRequest('getMessages', id, { options: { downloadAttachments: true } });
		const [output] = await node.run(get);
		expect(output!.json).toMatchObject({
			body: 'Hei, Åse!',
			attachments: [
				{ AttachmentId: 1, Name: awkward, binaryField: 'attachment_0' },
				{ AttachmentId: 2, Name: 'photo', binaryField: 'attachment_1' },
			],
		});
		const received = await filesOf(output!);
		expect(Object.keys(received)).toEqual(['attachment_0', 'attachment_1']);
		const { attachment_0: first, attachment_1: second } = received;
		expect([first!.name, first!.mimeType]).toEqual([awkward, 'application/pdf']);
		expect(first!.bytes.equals(sent.data.bytes)).toBe(true);
		expect(second!.bytes.equals(sent.photo.bytes)).toBe(true);
	});
});

describe('where an attachment is in the way', () => {
	const two = async () => [
		await itemWith({
			a: { name: 'a.pdf', bytes: Buffer.from('a') },
			b: { name: 'b.pdf', bytes: Buffer.from('b') },
		}),
	];
	const attachments = { attachments: 'a,b', notify: true };

	test('no message is written if the second one is refused', async () => {
		node.fail(/Attachment\/2\/Content$/);
		const refusal = await node.refused(add(id, attachments), await two());
		expect(refusal).toContain(
			'The disk is full. The attachment “b.pdf” could not be stored, and nothing else was written.',
		);
		expect([messages(), node.store().notifications]).toEqual([[], []]);
	});

	test('one that failed for a moment is sent again', async () => {
		node.fail(/Attachment\/2\/Content$/, { status: 503, times: 1 });
		await node.run(add(id, attachments), await two());
		expect([...node.store().attachments.values()].map(({ content }) => String(content))).toEqual([
			...['a', 'b'],
		]);
	});

	test('it is told if the message has not got them', async () => {
		node.fail(/TicketMessage\/1\/Attachment$/);
		const refusal = await node.refused(add(id, attachments), await two());
		expect(refusal).toContain(
			'The disk is full. The message with the ID 1 was added, but without its attachments, and nobody was notified of it.\n',
		);
		expect(refusal).toContain('To run this again would add another message.');
		expect([messages().length, node.store().notifications]).toEqual([1, []]);
	});

	test('it is told that the message may have them where no answer came', async () => {
		node.fail(/TicketMessage\/1\/Attachment$/, { kind: 'lost' } as never);
		const refusal = await node.refused(add(id, attachments), await two());
		expect(refusal).toContain(
			'The message with the ID 1 was added, but perhaps without its attachments, and nobody was notified of it.\n',
		);
		expect(messages().map(({ values }) => values.Attachments)).toEqual([[1, 2]]);
	});

	test('it is told if nobody was notified', async () => {
		node.fail(/NotifyNewMessage$/);
		const refusal = await node.refused(add(id, attachments), await two());
		expect(refusal).toContain(
			'The message with the ID 1 is there and complete, but perhaps nobody was notified of it.',
		);
		expect(node.calls()[`POST /v1/Ticket/{id}/NotifyNewMessage`]).toBe(1);
	});

	test('nothing is sent for a request that is not there', async () => {
		const refusal = await node.refused(add(99, attachments), await two());
		expect(refusal).toContain('There is no request with the ID 99.');
		expect(node.writes()).toEqual([]);
	});

	test('nothing is sent if one of them is missing', async () => {
		const refusal = await node.refused(add(id, { attachments: 'a,c' }), await two());
		expect(refusal).toContain("no binary field 'c'");
		expect(node.writes()).toEqual([]);
	});
});

describe('the messages of a request', () => {
	const get = (parameters: IDataObject = {}) => ofRequest('getMessages', id, parameters);

	test('come oldest first, each as an item, without those of others', async () => {
		for (const text of ['One', 'Two', 'Three']) node.written(id, text);
		node.written(node.stored(), 'Other');
		const outputs = await node.run(get());
		expect(outputs.map(({ json, pairedItem }) => [json.body, pairedItem])).toEqual([
			...['One', 'Two', 'Three'].map((text) => [text, { item: 0 }]),
		]);
		expect(outputs[0]!.json).toMatchObject({
			...{ ticketMessageId: 1, ticketId: id, author: 'Zoë', slevel: 'External' },
		});
		expect(node.calls()).toEqual({ 'GET /v1/Archive/TicketMessage': 2 });
	});

	test('are as many as are wanted', async () => {
		node.set({ pageCap: 2 });
		for (let count = 0; count < 5; count++) node.written(id, `${count}`);
		const bodies = async (parameters: IDataObject) =>
			(await node.run(get(parameters))).map(({ json }) => json.body);
		expect(await bodies({ limit: 3 })).toEqual(['0', '1', '2']);
		expect(await bodies({ returnAll: true })).toEqual(['0', '1', '2', '3', '4']);
	});

	test('say which request is not there', async () => {
		const refusal = await node.refused(ofRequest('getMessages', 99));
		expect(refusal).toContain('There is no request with the ID 99.');
	});

	test('are none for a request without any', async () => {
		expect(await node.run(get())).toEqual([]);
	});

	test('have attachments under the names that are wanted, and cost no call without', async () => {
		node.written(id, 'One');
		const options = { downloadAttachments: true, attachmentPrefix: 'file' };
		expect((await node.run(get({ options })))[0]!.json.attachments).toEqual([]);
		expect(node.calls()).toEqual({
			...{ 'GET /v1/Archive/TicketMessage': 2, 'GET /v1/Ticket/{id}/Attachments': 1 },
		});
		node.written(id, 'Two', { 'a.txt': Buffer.from('a') });
		const [first, second] = await node.run(get({ options }));
		expect([first!.json.attachments, Object.keys(first!.binary ?? {})]).toEqual([[], []]);
		expect((await filesOf(second!)).file0).toMatchObject({
			...{ name: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('a') },
		});
	});
});
