import { savedCredential } from '../test/engine/support/workflows';
import { startSuperOfficeOnline, type SuperOfficeOnline } from '../test/superoffice-online';
import { readTestAuthority } from '../test/superoffice-online/tls/authority-folder';
import { Changes } from './changes';
import type { Database, Report } from './messages';
import { N8n } from './n8n';

/** On this day, summer time ends at 01:00 UTC. */
const midnight = Date.parse('2026-10-25T00:00:00Z');

const minute = 60_000;

/** The tenant that the examples call. It has more companies than go into a page. */
const tenant = 'Cust12345';
const companies = 1200;

/** SuperOffice, an n8n, and the time of both. */
export class World {
	readonly tenant = tenant;

	readonly environment = 'sod';

	readonly changes = new Changes();

	/** Hosts other than SuperOffice's that n8n wanted to reach. */
	readonly strayHosts: string[] = [];

	/** When n8n was last started, in minutes since midnight. */
	startedAt = 0;

	/** By how much the clock of n8n's machine is ahead of SuperOffice's. */
	minutesAhead = 0;

	private lastChanged = 0;

	private constructor(
		readonly online: SuperOfficeOnline,
		/** In minutes since midnight. */
		private readonly clock: { time: number },
		private database: Database,
		private n8n: N8n,
	) {}

	static async create(): Promise<World> {
		const clock = { time: 0 };
		const online = await startSuperOfficeOnline({
			authority: await readTestAuthority(),
			clock: () => new Date(midnight + clock.time * minute),
		});
		online.tenant(tenant).companies = companies;
		const database = { credential: savedCredential(online.credential(tenant)), syncMemory: {} };
		return new World(online, clock, database, await N8n.start(online.proxyUrl, database, midnight));
	}

	/** Lets time pass up to that minute. */
	goTo(time: number): void {
		this.clock.time = time;
	}

	/** Changes the next companies at SuperOffice. */
	changeCompanies(count: number): void {
		for (let done = 0; done < count; done++) {
			this.lastChanged = (this.lastChanged % companies) + 1;
			this.online.updateCompany(this.tenant, this.lastChanged);
			this.changes.make(this.lastChanged, this.clock.time);
		}
	}

	/** Runs the workflows once, with that many items in each. */
	async run(items: number): Promise<Report> {
		const report = await this.n8n.run(this.timeAtN8n(), items);
		this.database = report.database;
		this.strayHosts.push(...this.online.counts.strayHosts);
		if (report.synced !== undefined) {
			const changedAt = report.synced.map(({ contactId, updatedDate }): [number, number] => [
				contactId,
				(Date.parse(`${updatedDate}Z`) - midnight) / minute,
			]);
			this.changes.sync(new Map(changedAt), this.clock.time);
		}
		return report;
	}

	async measureMemory() {
		return await this.n8n.measure();
	}

	/** Starts n8n anew, with nothing but its database. */
	async restart(): Promise<void> {
		await this.n8n.kill();
		this.n8n = await N8n.start(this.online.proxyUrl, this.database, this.timeAtN8n());
		this.startedAt = this.clock.time;
	}

	async close(): Promise<void> {
		await this.n8n.kill();
		await this.online.close();
	}

	private timeAtN8n(): number {
		return midnight + (this.clock.time + this.minutesAhead) * minute;
	}
}
