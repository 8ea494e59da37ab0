import { requireSuccess } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';

const clientSecret = '0123456789abcdef0123456789abcdef';
const token = `My "App" & <Co's> ü/x-aB3dE6fG9h`;
const secretPart = 'aB3dE6fG9h';

const shown = async (message: string, secrets = [clientSecret, token]) => {
	const answer = { status: 400, body: { Message: message } };
	const error = await superOfficeErrorOf(() => requireSuccess(answer, '/v1/Contact/1', secrets));
	return error.message.replace('SuperOffice turned the call down (status 400): ', '');
};

const each = (write: (character: string) => string) => (text: string) =>
	[...text].map(write).join('');
const code = (character: string) => character.codePointAt(0)!;
const html: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
const escapeHtml = each((character) => html[character] ?? character);
const json = (text: string) => JSON.stringify(text).slice(1, -1);

const spellings: Array<[string, (text: string) => string]> = [
	['as it is', (text) => text],
	['in capitals', (text) => text.toUpperCase()],
	['in small letters', (text) => text.toLowerCase()],
	['escaped for HTML', escapeHtml],
	['escaped for HTML twice', (text) => escapeHtml(escapeHtml(text))],
	['escaped for HTML, with &#x27;', (text) => escapeHtml(text).replaceAll('&#39;', '&#x27;')],
	['as decimal entities', each((character) => `&#${code(character)};`)],
	['as hexadecimal entities', each((character) => `&#X00${code(character).toString(16)};`)],
	['percent-encoded', encodeURIComponent],
	['percent-encoded in small letters', (text) => encodeURIComponent(text).toLowerCase()],
	['percent-encoded twice', (text) => encodeURIComponent(encodeURIComponent(text))],
	['percent-encoded as a form', (text) => new URLSearchParams({ '': text }).toString().slice(1)],
	[
		'percent-encoded to the last letter',
		each((character) => Buffer.from(character).toString('hex').replace(/../g, '%$&')),
	],
	['escaped for JSON', json],
	['escaped for JSON twice', (text) => json(json(text))],
	['escaped for JSON with \\/', (text) => json(text).replaceAll('/', '\\/')],
	[
		'as \\u escapes',
		each((character) => `\\u${code(character).toString(16).padStart(4, '0').toUpperCase()}`),
	],
	['with other white space', (text) => text.replaceAll(' ', ' \n\t')],
	['with non-breaking spaces', (text) => text.replaceAll(' ', '&nbsp;')],
];

describe('a secret that SuperOffice repeats', () => {
	test.each(spellings)('is masked %s', async (_, spell) => {
		expect(await shown(`No ${spell(clientSecret)}, and no ${spell(token)}.`)).toBe(
			'No ***, and no ***.',
		);
		expect(await shown(`No ${spell(secretPart)}.`)).toBe('No ***.');
	});

	test('is masked if it has escapes of its own', async () => {
		const secret = 'a%41+&amp;b\\n\\u0041';
		for (const [, spell] of spellings) {
			expect(await shown(`No ${spell(secret)}.`, [secret])).toBe('No ***.');
		}
	});

	test('is masked next to others', async () => {
		const text = `${clientSecret}${secretPart}${token} ${clientSecret}`;
		expect(await shown(text)).not.toMatch(/[0-9a-h]/i);
	});

	test('is masked if it is very long', async () => {
		const secret = 'long & '.repeat(20_000);
		expect(await shown(`No ${escapeHtml(secret)} here`, [secret])).toBe('No *** here');
	});

	test.each([
		['a JWT', Buffer.alloc(90, 7).toString('base64url')],
		['a signature', encodeURIComponent(Buffer.alloc(90, 0xfb).toString('base64'))],
		[
			'a signature, escaped for HTML',
			Buffer.alloc(90, 0xfb).toString('base64').replaceAll('+', '&#x2B;'),
		],
	])('is masked if it looks like %s', async (_, secret) => {
		expect(await shown(`No ${secret}.`)).toBe('No ***.');
	});
});

describe('SuperOffice’s own words', () => {
	const words =
		'InvalidSignature: 100 % of “My App” &amp; co. \\ C:\\new\\users, 50%25 off; see https://x/?a=1&b=%20c &#8217; &unknown; %ff%zz \\u00zz &#99999999;';

	test('stay as they are', async () => {
		expect(await shown(words)).toBe(words);
	});

	test('stay readable if a secret is hardly one', async () => {
		expect(await shown(words, ['', ' ', '-', 'a', 'My App-a', 'My App-1', 'new', 'X-e u'])).toBe(
			words,
		);
	});
});
