import { getSystemUserTicket } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { http, application, noWait } = service;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const refusal = {
	IsSuccessful: false,
	Token: null,
	ErrorMessage: 'InvalidTimestamp: out of range',
};
const refuse = (headers: Record<string, string>) =>
	service.online.misbehave({
		at: 'exchange',
		kind: 'status',
		status: 200,
		body: JSON.stringify(refusal),
		headers,
	});

describe.each(['rest', 'soap'])('a wrong local clock, over %s', (exchangeProtocol) => {
	const get = async (difference: number) =>
		await getSystemUserTicket(application('Cust12345', { exchangeProtocol }), http, {
			...noWait(),
			clock: () => new Date(service.online.now().getTime() - difference),
		});

	test.each([
		['two hours behind', 2 * hour],
		['two hours ahead', -2 * hour],
		['years behind', 4000 * day],
		['eleven minutes behind', 11 * minute],
	])('%s: the exchange is retried once with SuperOffice’s time', async (_, difference) => {
		const { ticket, issuedAt } = await get(difference);
		expect(service.online.isLive(ticket)).toBe(true);
		expect(service.online.counts).toMatchObject({ refusals: 1, exchanges: 1 });
		// Callers compare issuedAt with the local clock.
		const here = service.online.now().getTime() - difference;
		expect(Math.abs(Date.parse(issuedAt) - here)).toBeLessThan(minute);
	});

	test('a few minutes of skew are tolerated', async () => {
		await get(4 * minute);
		await get(-4 * minute);
		expect(service.online.counts).toMatchObject({ refusals: 0, exchanges: 2 });
	});

	test('more skew is reported, with its direction, even if SuperOffice accepted the time', async () => {
		const { code, message, hint } = await superOfficeErrorOf(() => get(7 * minute));
		expect(code).toBe('JWT_REJECTED');
		expect(message).toContain('it is not valid yet');
		expect(hint).toContain('7 minutes behind SuperOffice’s');
	});

	test('is not blamed for an error that has nothing to do with time', async () => {
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: ({ claims, ...parts }) => ({ ...parts, claims: { ...claims, iss: 'Somebody' } }),
		});
		const { message, hint } = await superOfficeErrorOf(() => get(4 * minute));
		expect(message).toContain('it was not issued by SuperOffice AS');
		expect(hint).not.toContain('clock');
	});

	test.each([
		[26 * hour + 3 * minute, '1 day 2 hours 3 minutes behind SuperOffice’s'],
		[-(hour + minute), '1 hour 1 minute ahead of SuperOffice’s'],
		[59.9 * minute, '1 hour behind SuperOffice’s'],
	])('after a failed retry, it says by how much, and which way: %d', async (difference, words) => {
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'InvalidTimestamp' });
		const error = await superOfficeErrorOf(() => get(difference));
		expect(error.code).toBe('REFUSED');
		expect(error.message).toMatch(/^SuperOffice refused: InvalidTimestamp/);
		expect(error.hint).toContain(words);
		expect(error.hint).toContain('NTP');
		expect(service.online.counts).toMatchObject({ refusals: 2, exchanges: 0 });
	});
});

describe('a rejected timestamp', () => {
	const get = async () => await getSystemUserTicket(application('Cust12345'), http, noWait());

	test('is not retried if the clocks agree, and the clock is not blamed', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'InvalidTimestamp' });
		const error = await superOfficeErrorOf(() => get());
		expect(error.hint).toContain('agrees with SuperOffice’s');
		expect(service.online.counts.refusals).toBe(1);
	});

	test.each(['', 'yesterday'])('is not retried if the Date header is %j', async (Date) => {
		refuse({ Date });
		const error = await superOfficeErrorOf(() => get());
		expect(error.hint).toContain('probably wrong');
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('is the only refusal that is retried, however wrong the clock is', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked' });
		await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, {
				...noWait(),
				clock: () => new Date(service.online.now().getTime() - 2 * hour),
			}),
		);
		expect(service.online.counts.refusals).toBe(1);
	});
});

test('an expired JWT is rejected even if the local clock is equally wrong', async () => {
	service.online.misbehave({
		at: 'exchange',
		kind: 'jwt',
		change: ({ claims, ...parts }) => {
			const ago = (seconds: unknown) => Number(seconds) - 7200;
			const { iat, nbf, exp } = claims;
			return { ...parts, claims: { ...claims, iat: ago(iat), nbf: ago(nbf), exp: ago(exp) } };
		},
	});
	const error = await superOfficeErrorOf(() =>
		getSystemUserTicket(application('Cust12345'), http, {
			...noWait(),
			clock: () => new Date(service.online.now().getTime() - 2 * hour),
		}),
	);
	expect(error.code).toBe('JWT_REJECTED');
	expect(error.message).toContain('it has expired');
});
