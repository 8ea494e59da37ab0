import { addStandardTenants, Tenants } from '../crm/tenants';
import { Tickets } from '../crm/tickets';
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
	traffic: Traffic;
	misbehaviours: Misbehaviours;
}

export async function createWorld(clock: Clock): Promise<World> {
	const [application, loginHosts] = await Promise.all([createApplication(), LoginHosts.create()]);
	const tenants = new Tenants(application.name, clock);
	addStandardTenants(tenants);
	return {
		clock,
		application,
		loginHosts,
		tenants,
		tickets: new Tickets(clock),
		traffic: new Traffic(),
		misbehaviours: new Misbehaviours(),
	};
}
