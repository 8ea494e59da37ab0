import { AuthState, getSystemUserTicket, SuperOfficeError } from '../../superoffice';
import { KeyCache } from '../../superoffice/keys/key-cache';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const ask = async (changes: object, state = new AuthState()) =>
	await superOfficeErrorOf(
		async () =>
			await getSystemUserTicket(service.application('Cust12345', changes), service.http, { state }),
	);

describe('a text that keys are read from', () => {
	test('is read once, however often it is asked for', () => {
		const cache = new KeyCache<number>();
		const read = jest.fn(() => 1);
		for (let round = 0; round < 1000; round++) expect(cache.get(['text'], read)).toBe(1);
		expect(read).toHaveBeenCalledTimes(1);
		cache.get(['another'], read);
		expect(read).toHaveBeenCalledTimes(2);
	});

	test('is read once even if there is no key in it', async () => {
		const cache = new KeyCache<number>();
		const read = jest.fn(() => {
			throw new SuperOfficeError('INVALID_KEY', 'This is no key.', 'Paste one.');
		});
		const seen = new Set<SuperOfficeError>();
		for (let round = 0; round < 1000; round++) {
			const error = await superOfficeErrorOf(() => cache.get(['text'], read));
			const { code, message, hint, cause } = error;
			expect([code, message, hint, cause]).toEqual([
				'INVALID_KEY',
				'This is no key.',
				'Paste one.',
				undefined,
			]);
			// n8n changes errors that it catches.
			Object.assign(error, { message: 'changed', hint: 'changed', cause: read });
			seen.add(error);
		}
		expect(read).toHaveBeenCalledTimes(1);
		expect(seen.size).toBe(1000);
	});

	test('is read again after a fault that is not its own', () => {
		const cache = new KeyCache<number>();
		const fail = () => {
			throw new RangeError('out of memory');
		};
		expect(() => cache.get(['text'], fail)).toThrow(RangeError);
		expect(cache.get(['text'], () => 1)).toBe(1);
	});

	test('gets the same error each time it is entered in the form', async () => {
		const state = new AuthState();
		for (const changes of [{ privateKey: 'hello' }, { publicKey: 'hello' }]) {
			const [first, second] = [await ask(changes, state), await ask(changes, state)];
			expect(second).not.toBe(first);
			expect({ ...second, message: second.message }).toEqual({ ...first, message: first.message });
		}
	});

	test.each(['privateKey', 'privateKeyPassphrase', 'publicKey'])(
		'is not even looked up if it is too long: %s',
		async (field) => {
			const state = new AuthState();
			const cache = field === 'publicKey' ? state.publicKeys : state.privateKeys;
			const get = jest.spyOn(cache, 'get');
			const { code, message } = await ask({ [field]: 'x'.repeat(10_000_000) }, state);
			expect(code).toBe('INVALID_KEY');
			expect(message).toContain('is longer than 64 KB.');
			expect(get).not.toHaveBeenCalled();
		},
	);
});
