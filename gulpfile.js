// The one build: compile, put third-party code where it is imported, copy icons and codex files.
const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');

const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const thirdParty = path.join('dist', 'superoffice', 'third-party');

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

async function clean() {
	await fs.rm('dist', { recursive: true, force: true });
}

async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json']);
	} catch ({ stdout, message }) {
		throw new Error(stdout || message);
	}
}

async function bundleThirdParty() {
	const files = (await fs.readdir(thirdParty)).filter((file) => file.endsWith('.js'));
	const { metafile } = await esbuild.build({
		entryPoints: files.map((file) => path.join(thirdParty, file)),
		outdir: thirdParty,
		allowOverwrite: true,
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
	});
	// Types of third-party packages are no part of the face.
	const declarations = (await fs.readdir(thirdParty)).filter((file) => file.endsWith('.d.ts'));
	await Promise.all(declarations.map((file) => fs.rm(path.join(thirdParty, file))));
	await writeLicenses(metafile);
}

/** The licenses of what was bundled ask to be passed on with it. */
async function writeLicenses({ inputs }) {
	const folders = Object.keys(inputs).flatMap(
		(input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
	);
	const texts = [...new Set(folders)].sort().map(async (folder) => {
		const { name, version, license } = JSON.parse(
			await fs.readFile(path.join(folder, 'package.json'), 'utf8'),
		);
		const file = (await fs.readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
		const text = file ? await fs.readFile(path.join(folder, file), 'utf8') : `License: ${license}`;
		return `${name} ${version}\n\n${text.trim()}\n`;
	});
	await fs.writeFile(
		path.join(thirdParty, 'LICENSES.txt'),
		(await Promise.all(texts)).join(`\n${'-'.repeat(72)}\n\n`),
	);
}

function copyIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function copyCodex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.build = series(clean, parallel(series(compile, bundleThirdParty), copyIcons, copyCodex));
exports.default = exports.build;
