/** Collects the licenses of what was bundled. Plain JavaScript: the build loads it. */
const { readdir, readFile } = require('node:fs/promises');
const { join } = require('node:path');

const permissive = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const longestLine = 1000;

/**
 * The licenses of all packages whose code is in a bundle; they ask to be passed on with it. Throws for a package whose
 * license is none of the permissive ones, and for a minified file, in which nothing says whose code it is.
 *
 * @param metafile esbuild's
 * @param root what its paths are relative to
 * @returns {Promise<string>} for each package, name and version, a blank line, and the license; with a line of 72 dashes
 * between packages
 */
async function licensesOf({ outputs }, root) {
	const files = Object.values(outputs).flatMap(({ inputs }) =>
		Object.keys(inputs).filter(
			(file) => inputs[file].bytesInOutput > 0 && packageFolder.test(file),
		),
	);
	await Promise.all(files.map((file) => refuseMinified(file, root)));
	const folders = [...new Set(files.map((file) => packageFolder.exec(file)[0]))].sort();
	const sections = await Promise.all(folders.map((folder) => licenseIn(join(root, folder))));
	return sections.join(`\n${'-'.repeat(72)}\n\n`);
}

async function refuseMinified(file, root) {
	const lines = (await readFile(join(root, file), 'utf8')).split('\n');
	if (lines.every(({ length }) => length <= longestLine)) return;
	throw new Error(
		`${file} is minified, so it may contain other packages unnoticed. Bundle the package’s sources instead.`,
	);
}

async function licenseIn(folder) {
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const { name, version, license, author } = manifest;
	if (!permissive.includes(license)) {
		const fault = license
			? `its license is ${license}, which is not one of ${permissive.join(', ')}`
			: 'its package.json names no license';
		throw new Error(`${name} ${version} is bundled, and ${fault}.`);
	}
	const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
	const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
	// A notice alone is no license.
	if (!files.some((file) => /^licen[cs]e/i.test(file))) {
		texts.unshift(`License: ${license}${author ? `\nAuthor: ${author.name ?? author}` : ''}`);
	}
	return `${name} ${version}\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}

module.exports = { licensesOf };
