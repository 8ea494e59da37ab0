/** Lets the tests of one file move the date for both the package and the local service; timers stay real. */
export function useMovableDate(): { later(milliseconds: number): void } {
	beforeAll(() => {
		jest.useFakeTimers({
			now: Date.now(),
			advanceTimers: true,
			doNotFake: [
				'hrtime',
				'nextTick',
				'performance',
				'queueMicrotask',
				'setImmediate',
				'clearImmediate',
				'setInterval',
				'clearInterval',
				'setTimeout',
				'clearTimeout',
			],
		});
	});
	afterAll(() => jest.useRealTimers());
	return {
		later: (milliseconds) => {
			jest.setSystemTime(Date.now() + milliseconds);
		},
	};
}
