/**
 * The order of the test files. Those that mostly wait come first, side by side: they leave the processor to one another,
 * and none is left over when all else is done. Where it has not seen them run, jest goes by size, and two are tiny.
 */
const Sequencer = require('@jest/test-sequencer').default;

const waiting = /rate-limiter|fault-table-\w+-down/;

module.exports = class extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const isWaiting = ({ path }) => waiting.test(path);
		return [...sorted.filter(isWaiting), ...sorted.filter((test) => !isWaiting(test))];
	}
};
