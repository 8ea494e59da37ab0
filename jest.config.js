const { availableParallelism } = require('node:os');

module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// In a real n8n, by npm run test:n8n.
	testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
	transform: { '^.+\\.ts$': '<rootDir>/test/support/transform.js' },
	testSequencer: '<rootDir>/test/support/order-of-files.js',
	// The tests wait more than they compute.
	maxWorkers: Math.max(4, availableParallelism() - 1),
	testTimeout: 60_000,
};
