import type { RequestRecord } from './counts';

/** The largest number of these requests that had arrived and were not answered at the same time. */
export function mostAtOnce(
	requests: ReadonlyArray<Pick<RequestRecord, 'arrivedAt' | 'answeredAt'>>,
): number {
	const underWay = (time: number) =>
		requests.filter(
			({ arrivedAt, answeredAt = Infinity }) => arrivedAt <= time && time < answeredAt,
		);
	return Math.max(0, ...requests.map(({ arrivedAt }) => underWay(arrivedAt).length));
}
