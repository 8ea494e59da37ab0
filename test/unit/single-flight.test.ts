import { HttpSession } from '../../superoffice/http/http-session';
import { timedOut } from '../../superoffice/http/network-errors';
import { SingleFlight } from '../../superoffice/http/single-flight';
import { superOfficeErrorOf } from './support/errors';

const caller = (timeout = 5000) =>
	new HttpSession(async () => await new Promise<never>(() => undefined), { timeout });

/** Work whose first run times out when told to, and whose second run succeeds. */
const timesOutOnce = () => {
	let runs = 0;
	let timeOut!: () => void;
	const work = async () =>
		++runs === 1
			? await new Promise<string>((_, reject) => {
					timeOut = () => reject(timedOut('sod.superoffice.com'));
				})
			: 'done';
	return { work, timeOut: () => timeOut(), runs: () => runs };
};

describe('work that callers share', () => {
	test('is started again by those who joined it, once for all, if it may be repeated', async () => {
		const flights = new SingleFlight<string>({ isRepeatable: true });
		const { work, timeOut, runs } = timesOutOnce();
		const starter = superOfficeErrorOf(() => flights.share('key', caller(), work));
		const joiners = [1, 2, 3].map(() => flights.share('key', caller(), work));
		timeOut();
		expect((await starter).code).toBe('TIMEOUT');
		expect(await Promise.all(joiners)).toEqual(['done', 'done', 'done']);
		expect(runs()).toBe(2);
	});

	test('is not started again if it may not be repeated', async () => {
		const flights = new SingleFlight<string>();
		const { work, timeOut, runs } = timesOutOnce();
		const failures = [1, 2].map(() =>
			superOfficeErrorOf(() => flights.share('key', caller(), work)),
		);
		timeOut();
		expect((await Promise.all(failures)).map(({ code }) => code)).toEqual(['TIMEOUT', 'TIMEOUT']);
		expect(runs()).toBe(1);
	});

	test('is not started for a caller who has no time left', async () => {
		const flights = new SingleFlight<string>();
		const late = caller(1);
		await new Promise((resolve) => setTimeout(resolve, 20));
		let runs = 0;
		const error = await superOfficeErrorOf(() =>
			flights.share('key', late, async () => `${++runs}`),
		);
		expect([error.code, runs]).toEqual(['TIMEOUT', 0]);
	});
});
