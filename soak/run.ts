/**
 * A day of workflows that run every 5 minutes, in fast time, with everything that can happen to them. Exits with 1 if
 * something did not go as it should.
 */
import { goThroughDay } from './day';
import { findFaults } from './expectations';
import { report } from './report';
import { World } from './world';

async function main(): Promise<void> {
	const start = performance.now();
	const world = await World.create();
	try {
		const { outcomes, memory } = await goThroughDay(world);
		console.log(`\n${await report(outcomes, memory, world)}`);
		console.log(`\nTook ${((performance.now() - start) / 1000).toFixed(0)} seconds.`);
		const faults = findFaults(outcomes, memory, world);
		if (faults.length === 0) return console.log('Everything went as it should.');
		console.error(
			`\nThis did not go as it should:\n${faults.map((line) => `- ${line}\n`).join('')}`,
		);
		process.exitCode = 1;
	} finally {
		await world.close();
	}
}

main().catch((error) => {
	console.error(error);
	// n8n's process ends with this one.
	process.exit(1);
});
