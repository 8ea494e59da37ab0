/** The largest number of these times within any one second. */
export function mostInASecond(times: Date[]): number {
	const sorted = times.map((time) => time.getTime()).sort((a, b) => a - b);
	let [most, first] = [0, 0];
	sorted.forEach((time, index) => {
		while (sorted[first]! <= time - 1000) first += 1;
		most = Math.max(most, index - first + 1);
	});
	return most;
}
