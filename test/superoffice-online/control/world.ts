import { addStandardTenants, Tenants } from '../crm/tenants';
import { Tickets } from '../crm/tickets';
import { Deliveries } from '../crm/webhooks/deliveries';
import { Targets } from '../crm/webhooks/targets';
import { createApplication, type Application } from '../login/application';
import { LoginHosts } from '../login/environments';
import { Clock } from './clock';
import { Traffic } from './counts';
import { Misbehaviours } from './misbehaviour';

/** Everything that the endpoints know and change. */
export interface World {
	clock: Clock;
	application: Application;
	loginHosts: LoginHosts;
	tenants: Tenants;
	tickets: Tickets;
	deliveries: Deliveries;
	traffic: Traffic;
	misbehaviours: Misbehaviours;
}

export async function createWorld(clock: Clock): Promise<World> {
	const [application, loginHosts] = await Promise.all([createApplication(), LoginHosts.create()]);
	const deliveries = new Deliveries(new Targets(), clock);
	const tenants = new Tenants(application.name, clock, deliveries);
	addStandardTenants(tenants);
	return {
		clock,
		application,
		loginHosts,
		tenants,
		tickets: new Tickets(clock),
		deliveries,
		traffic: new Traffic(),
		misbehaviours: new Misbehaviours(),
	};
}
