/**
 * How jest reads TypeScript: by esbuild, one file at a time, with no look at types, which tsc checks. A jest.mock would not
 * be moved above the imports.
 * Plain JavaScript: jest loads it to read TypeScript.
 */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');

const { transformSync, version } = require('esbuild');

// What was kept of another version of this file is of no use.
const self = readFileSync(__filename);

module.exports = {
	getCacheKey: (source, path, { configString }) =>
		createHash('sha256')
			.update(JSON.stringify([version, self.toString(), path, configString, source]))
			.digest('hex'),

	process: (source, path) => {
		const { code, map } = transformSync(source, {
			loader: 'ts',
			format: 'cjs',
			target: 'node20',
			platform: 'node',
			sourcemap: true,
			sourcefile: path,
		});
		return { code, map };
	},
};
