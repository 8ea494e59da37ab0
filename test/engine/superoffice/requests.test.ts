import type { IDataObject } from 'n8n-workflow';

import { itemWith } from './files';
import { byId, mapped, operation } from './node';
import { ofRequest, useRequests } from './use-requests';

const node = useRequests();

const tickets = () => node.tenant.data.all('Ticket');
const messages = () => [...node.store().messages.values()].map(({ values }) => values);

const create = (message: string, messageOptions: IDataObject = {}, fields: IDataObject = {}) =>
	operation('request', 'create', {
		fields: mapped({ Title: 'Broken oak', Category: 'Support', Person: 1, ...fields }),
		message,
		messageOptions: messageOptions as never,
	});

const withFile = async () => [await itemWith({ data: { name: 'a.pdf', bytes: Buffer.from('a') } })];

describe('a new request', () => {
	test('has its first message, with attachments, and is told of when all is there', async () => {
		const options = { attachments: 'data', notify: true, html: true };
		const [output] = await node.run(create('<p>It broke.</p>', options), await withFile());
		const [ticket] = tickets();
		expect(output!.json).toMatchObject({
			...{ TicketId: ticket!.id, Title: 'Broken oak', NumMessages: 1 },
		});
		expect(messages()).toEqual([
			expect.objectContaining({
				...{ Ticket: ticket!.id, HtmlBody: '<p>It broke.</p>', Attachments: [1] },
			}),
		]);
		expect(node.store().notifications).toEqual([
			{ ticketId: ticket!.id, messageId: 1, attachments: [1] },
		]);
	});

	test('has no message where none is filled in', async () => {
		const [output] = await node.run(create(''));
		expect([output!.json.NumMessages, messages()]).toEqual([0, []]);
	});

	test('is there, and no error, where it cannot be looked at once more', async () => {
		node.fail(/Ticket\/\d+$/, { method: 'GET', status: 403 });
		const [output] = await node.run(create('It broke.'));
		expect(output!.json).toMatchObject({ TicketId: tickets()[0]!.id, Title: 'Broken oak' });
		expect(messages()).toHaveLength(1);
	});

	test('is assigned by name', async () => {
		const [output] = await node.run(create('', {}, { OwnedBy: 'KJ' }));
		expect(output!.json.OwnedBy).toBe('Kari Jensen');
	});

	test('is not made for attachments without a message', async () => {
		const refusal = await node.refused(create('', { attachments: 'data' }), await withFile());
		expect(refusal).toMatch(/^Message is empty\./);
		expect(node.writes()).toEqual([]);
	});

	test('is not made if an attachment is refused', async () => {
		node.fail(/Attachment\/1\/Content$/);
		const node_ = create('It broke.', { attachments: 'data' });
		expect(await node.refused(node_, await withFile())).toContain('“a.pdf” could not be stored');
		expect(tickets()).toEqual([]);
	});

	test('is not made, and no file sent, with a category that is not there', async () => {
		const node_ = create('It broke.', { attachments: 'data' }, { Category: 'Suport' });
		expect(await node.refused(node_, await withFile())).toContain('no choice called “Suport”');
		expect(node.writes()).toEqual([]);
	});

	test('is named where its message is refused', async () => {
		node.fail(/TicketMessage$/);
		const refusal = await node.refused(create('It broke.'));
		expect(refusal).toContain(
			`The disk is full. The request with the ID ${tickets()[0]!.id} was created before that.\n`,
		);
		expect(refusal).toContain('Use “Add Message” for that request.');
	});

	test('is named where nobody was notified', async () => {
		node.fail(/NotifyNewTicket$/);
		const refusal = await node.refused(create('It broke.', { notify: true }));
		expect(refusal).toContain(
			`The request with the ID ${tickets()[0]!.id} is there and complete, but perhaps nobody was notified of it.`,
		);
	});
});

test('a request is closed', async () => {
	const id = node.stored();
	const [output] = await node.run(ofRequest('close', id));
	expect(output!.json).toMatchObject({ TicketId: id, BaseStatus: 'Closed' });
	expect(node.tenant.data.find('Ticket', id)!.values.BaseStatus).toBe('Closed');
});

describe('two requests', () => {
	let one: number;
	let other: number;
	const merge = (from: number | string, into: number | string) =>
		operation('request', 'merge', { recordId: byId(from), targetId: byId(into) });
	beforeEach(() => {
		[one, other] = [node.stored({ Title: 'One' }), node.stored({ Title: 'Other' })];
		node.written(one, 'First');
		node.written(other, 'Second');
	});

	test('become one, with the messages of both', async () => {
		const [output] = await node.run(merge(one, other));
		expect(output!.json).toMatchObject({ TicketId: other, Title: 'Other', NumMessages: 2 });
		expect(messages().map(({ Ticket }) => Ticket)).toEqual([other, other]);
		const { BaseStatus, ConnectId } = node.tenant.data.find('Ticket', one)!.values;
		expect([BaseStatus, ConnectId]).toEqual(['Merged', other]);
	});

	test('become one with a third, one merger after the other', async () => {
		const third = node.stored({ Title: 'Third' });
		node.fail(/MergeTickets$/i, { kind: 'slow', milliseconds: 300, times: 1 });
		const chained = merge('={{ $json.from }}', '={{ $json.into }}');
		const items = [
			{ from: one, into: other },
			{ from: other, into: third },
		];
		await node.run(
			chained,
			items.map((json) => ({ json })),
		);
		expect(messages().map(({ Ticket }) => Ticket)).toEqual([third, third]);
	});

	test('that are the same are refused', async () => {
		expect(await node.refused(merge(one, one))).toMatch(/cannot be merged with itself\.\n/);
		expect(node.calls()).not.toHaveProperty('POST /v1/Agents/Ticket/MergeTickets');
	});

	test.each([
		['the one to be merged', () => merge(99, one)],
		['the one to merge into', () => merge(one, 99)],
	])('stay as they are if %s is not there', async (_, which) => {
		expect(await node.refused(which())).toContain('There is no request with the ID 99.');
		expect(messages().map(({ Ticket }) => Ticket)).toEqual([one, other]);
	});

	test('stay as they are where the fields cannot be read that the output shows', async () => {
		node.fail(/CustomField/i, { status: 403 });
		await node.refused(merge(one, other));
		expect(messages().map(({ Ticket }) => Ticket)).toEqual([one, other]);
	});

	test('that may have been merged are not merged again', async () => {
		node.fail(/MergeTickets$/i, { status: 500 });
		const refusal = await node.refused(merge(one, other));
		expect(refusal).toContain('The request may have been merged all the same.');
		expect(node.calls()['POST /v1/Agents/Ticket/MergeTickets']).toBe(1);
	});
});
