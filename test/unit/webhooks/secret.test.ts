import { createHmac } from 'node:crypto';

import { isSignedWith, webhookMark, webhookSecret, type WebhookOwner } from '../../../superoffice';

const owner: WebhookOwner = {
	workflowId: 'aWorkflow16chars',
	nodeId: '5f1c2c1e-1d0f-4f86-9a53-6f1c9d4d8f11',
	url: 'https://hooks.example.com/webhook/1/webhook',
	isTest: false,
};

const secret = webhookSecret('client secret', owner);
const body = Buffer.from('{"Event":"contact.changed","Name":"Ærlig & Søn"}');
const sign = (key: string, message: Uint8Array) =>
	createHmac('sha256', Buffer.from(key, 'utf8')).update(message).digest('base64');

describe('the secret of a webhook', () => {
	test('is the same each time, as it is kept nowhere', () => {
		expect(webhookSecret('client secret', { ...owner })).toBe(secret);
	});

	test.each<[string, string, Partial<WebhookOwner>]>([
		['client secret', 'another client secret', {}],
		['workflow', 'client secret', { workflowId: 'anotherWorkflow1' }],
		['node', 'client secret', { nodeId: 'another' }],
		['URL', 'client secret', { url: `${owner.url}/` }],
		['test in the editor', 'client secret', { isTest: true }],
	])('is another one for another %s', (_, clientSecret, changes) => {
		expect(webhookSecret(clientSecret, { ...owner, ...changes })).not.toBe(secret);
	});

	test('does not mix up where one part of the owner ends and the next begins', () => {
		for (const between of ['', ',', '","', '|', '\n']) {
			const one = { ...owner, workflowId: `a${between}b`, nodeId: 'c' };
			const other = { ...owner, workflowId: 'a', nodeId: `b${between}c` };
			expect(webhookSecret('client secret', one)).not.toBe(webhookSecret('client secret', other));
		}
	});

	test('has 256 bits, in letters that every header and form takes', () => {
		expect(secret).toMatch(/^[\w-]{43}$/);
	});

	test('does not show the client secret', () => {
		expect(secret).not.toContain('client');
		expect(Buffer.from(secret, 'base64url').toString('latin1')).not.toContain('client');
	});
});

describe('the mark of a webhook, which SuperOffice shows', () => {
	test('belongs to one secret', () => {
		expect(webhookMark(secret)).toBe(webhookMark(secret));
		expect(webhookMark(secret)).not.toBe(webhookMark(webhookSecret('another', owner)));
	});

	test('does not tell the secret', () => {
		const mark = webhookMark(secret);
		expect(mark).toMatch(/^[\w-]{24}$/);
		for (let start = 0; start + 6 <= mark.length; start++) {
			expect(secret).not.toContain(mark.slice(start, start + 6));
		}
		const bytes = Buffer.from(mark, 'base64url');
		for (let start = 0; start + 4 <= bytes.length; start++) {
			const part = bytes.subarray(start, start + 4);
			expect(Buffer.from(secret).includes(part)).toBe(false);
			expect(Buffer.from(secret, 'base64url').includes(part)).toBe(false);
		}
		// Nor does it sign anything, or is a signature itself.
		expect(isSignedWith(secret, body, sign(mark, body))).toBe(false);
		expect(isSignedWith(secret, Buffer.from('mark'), mark)).toBe(false);
	});
});

describe('a signature', () => {
	test('is an HMAC-SHA256, as in test case 2 of RFC 4231', () => {
		const published = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
		const signature = Buffer.from(published, 'hex').toString('base64');
		expect(isSignedWith('Jefe', Buffer.from('what do ya want for nothing?'), signature)).toBe(true);
		expect(isSignedWith('Jefe', Buffer.from('what do ya want for nothing!'), signature)).toBe(
			false,
		);
	});

	test('is of the bytes, whatever they are', () => {
		const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
		for (const message of [body, bytes, new Uint8Array()]) {
			expect(isSignedWith(secret, message, sign(secret, message))).toBe(true);
		}
		expect(isSignedWith('hemmelig ærlig', body, sign('hemmelig ærlig', body))).toBe(true);
	});

	test('is of the whole body and by the whole secret', () => {
		const signature = sign(secret, body);
		expect(isSignedWith(secret, Buffer.concat([body, Buffer.from(' ')]), signature)).toBe(false);
		expect(isSignedWith(secret, body.subarray(1), signature)).toBe(false);
		expect(isSignedWith(secret.slice(1), body, signature)).toBe(false);
	});

	const right = sign(secret, body);
	test.each<[string, unknown]>([
		['missing', undefined],
		['null', null],
		['empty', ''],
		['a number', 5],
		['sent twice', [right, right]],
		['a list of the right one', [right]],
		['an object', { toString: () => right }],
		['too short', right.slice(0, -1)],
		['too long', `${right}=`],
		['right, with a line break', `${right}\n`],
		['in hexadecimal', Buffer.from(right, 'base64').toString('hex')],
		['in base64url without padding', Buffer.from(right, 'base64').toString('base64url')],
		['as long in letters, but not in bytes', 'æ'.repeat(right.length)],
		['off in its first letter', `~${right.slice(1)}`],
		['off in its last letter', `${right.slice(0, -1)}~`],
	])('is refused if it is %s', (_, signature) => {
		expect(isSignedWith(secret, body, signature)).toBe(false);
	});
});
