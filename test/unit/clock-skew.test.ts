import { getSystemUserTicket } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { http, application, noWait } = service;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const orSomethingInBetween =
	/SuperOffice’s, or something in between is altering its answers\. .*NTP.*proxy settings/;
/** Refuses the time of signing, by this Date. */
const refuse = (Date: string, times?: number) =>
	service.online.misbehave({
		at: 'exchange',
		kind: 'refuse',
		reason: 'InvalidTimestamp',
		headers: { Date },
		times,
	});
/** Answers with a JWT whose times are this much later, by this Date if one is given. */
const answerWithJwt = (later: number, Date?: Date) =>
	service.online.misbehave({
		at: 'exchange',
		kind: 'jwt',
		headers: Date && { Date: Date.toUTCString() },
		change: ({ claims, ...parts }) => {
			const moved = (seconds: unknown) => Number(seconds) + later / 1000;
			const { iat, nbf, exp } = claims;
			return {
				...parts,
				claims: { ...claims, iat: moved(iat), nbf: moved(nbf), exp: moved(exp) },
			};
		},
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
		['a day behind, save a minute', day - minute],
		['a day ahead, save a minute', minute - day],
		['eleven minutes behind', 11 * minute],
	])('%s: the exchange is retried once with SuperOffice’s time', async (_, difference) => {
		const { ticket, issuedAt } = await get(difference);
		expect(service.online.isLive(ticket)).toBe(true);
		expect(service.online.counts).toMatchObject({ refusals: 1, exchanges: 1 });
		// Callers compare issuedAt with the local clock.
		const here = service.online.now().getTime() - difference;
		expect(Math.abs(Date.parse(issuedAt) - here)).toBeLessThan(minute);
	});

	test.each([
		['three days behind', 3 * day, /is 3 days behind/],
		['three days ahead', -3 * day, /is 3 days ahead of/],
		['years behind', 4000 * day + 2 * hour, /is 4000 days 2 hours behind/],
	])('%s: it is told so, and nothing is signed again', async (_, difference, words) => {
		const { code, message, hint } = await superOfficeErrorOf(() => get(difference));
		expect(code).toBe('REFUSED');
		expect(message).toMatch(/^SuperOffice refused: InvalidTimestamp/);
		expect(hint).toMatch(words);
		expect(hint).toMatch(orSomethingInBetween);
		expect(service.online.counts).toMatchObject({ refusals: 1, exchanges: 0 });
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

	test('a skew of days may come from an altered answer, it says, even if SuperOffice accepted the time', async () => {
		const threeDaysAgo = new Date(service.online.now().getTime() - 3 * day);
		answerWithJwt(-3 * day, threeDaysAgo);
		const { code, message, hint } = await superOfficeErrorOf(() => get(0));
		expect(code).toBe('JWT_REJECTED');
		expect(message).toContain('it has expired');
		expect(hint).toContain('3 days ahead of');
		expect(hint).toMatch(orSomethingInBetween);
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
		[22 * hour + 3 * minute, '22 hours 3 minutes behind SuperOffice’s'],
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
		refuse(Date);
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

describe('the Date of an answer', () => {
	const now = Math.floor(Date.now() / 1000) * 1000;
	const get = async (behind = 0) =>
		await getSystemUserTicket(application('Cust12345'), http, {
			...noWait(),
			clock: () => new Date(now - behind),
		});
	const dateOf = (difference: number) => new Date(now + difference).toUTCString();

	test.each([day, -day])('is followed as far as 24 hours: %d', async (difference) => {
		refuse(dateOf(difference));
		await superOfficeErrorOf(() => get());
		expect(service.online.counts.restExchanges).toBe(2);
	});

	test.each([
		['a second more than 24 hours ahead', day + 1000],
		['a second more than 24 hours behind', -day - 1000],
		['in 2099', Date.UTC(2099, 0) - now],
		['on the last day there is', 8.64e15 - now],
	])('is not followed any further: %s', async (_, difference) => {
		refuse(new Date(now + difference).toISOString());
		const { code, hint } = await superOfficeErrorOf(() => get());
		expect(code).toBe('REFUSED');
		expect(hint).toMatch(orSomethingInBetween);
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('is not followed a second time, if it is another by then', async () => {
		refuse(dateOf(2 * hour), 1);
		refuse(dateOf(5 * hour));
		const { hint } = await superOfficeErrorOf(() => get());
		expect(hint).toContain('5 hours behind SuperOffice’s');
		expect(service.online.counts.restExchanges).toBe(2);
	});

	test('days away does not have an old JWT judged by the time it is from', async () => {
		refuse(dateOf(-3 * day), 1);
		answerWithJwt(-3 * day, new Date(now - 3 * day));
		expect((await superOfficeErrorOf(() => get())).code).toBe('REFUSED');
		expect(service.online.counts.exchanges).toBe(0);
	});

	test('does not have an expired JWT accepted that it fits', async () => {
		answerWithJwt(-hour, new Date(now - hour));
		const { code, message } = await superOfficeErrorOf(() => get());
		expect(code).toBe('JWT_REJECTED');
		expect(message).toContain('it has expired');
	});

	test('does not have a valid JWT rejected that it does not fit', async () => {
		answerWithJwt(0, new Date(now - hour));
		expect((await get()).ticket).toMatch(/^7T:/);
	});

	test('with status 503 does not have an expired JWT accepted either', async () => {
		const headers = { Date: dateOf(-hour) };
		service.online.misbehave({ at: 'exchange', kind: 'status', status: 503, headers, times: 1 });
		answerWithJwt(-hour);
		expect((await superOfficeErrorOf(() => get())).message).toContain('it has expired');
	});

	test('that corrected a wrong clock does not have an expired JWT accepted', async () => {
		answerWithJwt(-2 * hour);
		expect((await superOfficeErrorOf(() => get(0))).message).toContain('it has expired');
		service.online.stopMisbehaving();
		refuse(dateOf(0), 1);
		answerWithJwt(-2 * hour);
		const { code, message } = await superOfficeErrorOf(() => get(2 * hour));
		expect(code).toBe('JWT_REJECTED');
		expect(message).toContain('it has expired');
	});
});
