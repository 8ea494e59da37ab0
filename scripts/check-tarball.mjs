/**
 * Compares a packed package with the one that was tested: `check-tarball.mjs FILE DIGEST`. Without a digest it prints
 * the file's own, SHA-256 in hex. npm packs the same content to the same bytes. Plain JavaScript: publishing takes as
 * little third-party code as it can.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const [file, tested] = process.argv.slice(2);
const digest = createHash('sha256')
	.update(await readFile(file))
	.digest('hex');

if (tested === undefined) {
	console.log(digest);
} else if (tested === digest) {
	console.log(`${file} is what was tested: ${digest}.`);
} else {
	console.error(`${file} is not what was tested: its digest is ${digest}, and not “${tested}”.`);
	process.exit(1);
}
