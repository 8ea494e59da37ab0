/**
 * The order of the test files. Those that mostly wait come first and side by side, so that none is left over when all
 * else is done: where it has not seen them run, jest goes by size, and two are tiny. The one that counts calls in a
 * second needs the processor when it wants it, so it begins when those two have loaded n8n and only wait.
 * Plain JavaScript: jest loads it untransformed.
 */
const Sequencer = require('@jest/test-sequencer').default;

const waiting = /fault-table-\w+-down/;
const counting = /rate-limiter/;

module.exports = class extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const [meanwhile, ...others] = sorted.filter(
			({ path }) => !waiting.test(path) && !counting.test(path),
		);
		return [
			...sorted.filter(({ path }) => waiting.test(path)),
			...(meanwhile ? [meanwhile] : []),
			...sorted.filter(({ path }) => counting.test(path)),
			...others,
		];
	}
};
