// The one build: compile, put third-party code where it is imported, describe outputs, copy icons and codex files.
const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');

const { dest, parallel, series, src } = require('gulp');

const { writeOutputSchemas } = require('./scripts/output-schemas.js');
const { bundle } = require('./scripts/third-party/bundle.js');
const { licensesOf } = require('./scripts/third-party/licenses.js');

const thirdParty = path.join('dist', 'superoffice', 'third-party');

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
	const { metafile } = await bundle();
	// Types of third-party packages are no part of the face.
	const declarations = (await fs.readdir(thirdParty)).filter((file) => file.endsWith('.d.ts'));
	await Promise.all(declarations.map((file) => fs.rm(path.join(thirdParty, file))));
	await fs.writeFile(path.join(thirdParty, 'LICENSES.txt'), await licensesOf(metafile, __dirname));
}

async function describeOutputs() {
	await writeOutputSchemas('dist/nodes/SuperOffice');
}

function copyIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function copyCodex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.build = series(
	clean,
	parallel(series(compile, bundleThirdParty, describeOutputs), copyIcons, copyCodex),
);
exports.default = exports.build;
