/** Bundles third-party code. Plain JavaScript: the build loads it. */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const esbuild = require('esbuild');

const root = join(__dirname, '../..');
const folder = 'superoffice/third-party';

// What jsonwebtoken's dependencies load for streams and old Node versions; verifying a text needs none of it.
const standIns = {
	buffer: 'exports.Buffer = Buffer;',
	stream: 'module.exports = class Stream {};',
	util: 'exports.inherits = (child, parent) => Object.setPrototypeOf(child.prototype, parent.prototype);',
};

const useStandIns = {
	name: 'stand-ins',
	setup(build) {
		const filter = new RegExp(`^(node:)?(${Object.keys(standIns).join('|')})$`);
		build.onResolve({ filter }, ({ path: name }) => ({
			path: name.replace('node:', ''),
			namespace: 'stand-in',
		}));
		build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path: name }) => ({
			contents: standIns[name],
		}));
	},
};

/**
 * Writes each file of superoffice/third-party to dist, with the packages it imports in it. It starts from the sources,
 * not from what tsc makes of them: `require` would load files in which some packages have already bundled others, and
 * nothing would say whose code that is.
 *
 * @param options more options for esbuild
 * @returns {Promise<esbuild.BuildResult>}
 */
async function bundle(options = {}) {
	const files = readdirSync(join(root, folder)).filter((file) => /(?<!\.d)\.ts$/.test(file));
	return await esbuild.build({
		absWorkingDir: root,
		entryPoints: files.map((file) => `${folder}/${file}`),
		outdir: `dist/${folder}`,
		bundle: true,
		minify: true,
		platform: 'node',
		target: 'node20',
		external: ['crypto', 'node:crypto'],
		legalComments: 'none',
		metafile: true,
		plugins: [useStandIns],
		// n8n allows neither `process` nor `console` in what is shipped; both serve only debugging and old versions here.
		define: { process: JSON.stringify({ version: 'v20.0.0', env: {} }) },
		drop: ['console'],
		...options,
	});
}

module.exports = { bundle };
