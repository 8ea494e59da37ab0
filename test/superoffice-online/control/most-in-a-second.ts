import type { RequestRecord } from './counts';

/** The largest number of these requests that arrived within any one second. */
export function mostInASecond(requests: ReadonlyArray<Pick<RequestRecord, 'arrivedAt'>>): number {
	const sorted = requests.map(({ arrivedAt }) => arrivedAt).sort((a, b) => a - b);
	let [most, first] = [0, 0];
	sorted.forEach((time, index) => {
		while (sorted[first]! <= time - 1000) first += 1;
		most = Math.max(most, index - first + 1);
	});
	return most;
}
