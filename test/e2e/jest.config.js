module.exports = {
	...require('../../jest.config'),
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	// What is measured would be slowed down by what runs beside it.
	testPathIgnorePatterns: process.env.LOAD_TESTS ? [] : ['/e2e/load/'],
	testTimeout: 600_000,
	displayName: `n8n ${process.env.REAL_N8N_VERSION}`,
};
