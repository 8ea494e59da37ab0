module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// In a real n8n, by npm run test:n8n.
	testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
	transform: { '^.+\\.ts$': '<rootDir>/test/support/transform.js' },
	testTimeout: 60_000,
};
