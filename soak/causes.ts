/** Everything that happens, and what may come of it. Each has its time from `at` until the next one's. */
import { minuteOf } from './times';
import type { World } from './world';

export interface Cause {
	/** As in `times.ts`. */
	at: string;
	name: string;
	begin?(world: World): void | Promise<void>;
	/** For how many minutes, after which it is put right again by `end`. */
	lasts?: number;
	end?(world: World): void;
	/** Whether runs may fail as long as it lasts. */
	mayFail?: boolean;
	/** How many tickets SuperOffice issues: 0 by default. */
	exchanges?: number;
	/** How many exchanges SuperOffice refuses: 0 by default. */
	refusals?: number;
}

/** Whether it is still going on at that minute. */
export function isActive({ at, lasts = 0 }: Cause, minute: number): boolean {
	return minute >= minuteOf(at) && minute < minuteOf(at) + lasts;
}

const hour = 60;
const halfAnHour = 30;

type Place = 'api' | 'exchange' | 'state' | 'jwks';

const login: Place[] = ['exchange', 'state', 'jwks'];

/** Answers with status 503, until `up`. */
const down = ({ online }: World, ...places: Place[]) =>
	places.forEach((at) => online.misbehave({ at, kind: 'status', status: 503 }));
const up = ({ online }: World) => online.stopMisbehaving();
const endTickets = ({ online }: World) => online.expireAllTickets();
const move = ({ online, tenant }: World, host: string) => online.moveTenant(tenant, host);
const setClockAhead = (world: World) => {
	world.minutesAhead = hour;
};
const setClockRight = (world: World) => {
	world.minutesAhead = 0;
};

// The restarts come first, so that the last process has as long a day as possible.
export const causes: Cause[] = [
	{ at: '00:00', name: 'First run: there is no ticket yet', exchanges: 1 },
	{ at: '01:00', name: 'Summer time ends where n8n runs' },
	{ at: '01:30', name: 'All tickets die', begin: endTickets, exchanges: 1 },
	{ at: '02:00', name: 'n8n restarts', begin: async (world) => await world.restart() },
	{
		at: '02:30',
		name: 'All tickets die, and n8n restarts',
		begin: async (world) => {
			endTickets(world);
			await world.restart();
		},
		exchanges: 1,
	},
	{
		at: '03:00',
		name: 'The tenant moves, and n8n restarts',
		begin: async (world) => {
			move(world, 'sod3.superoffice.com');
			await world.restart();
		},
	},
	{
		at: '03:30',
		name: 'Everything answers 503',
		begin: (world) => down(world, 'api', ...login),
		lasts: hour,
		end: up,
		mayFail: true,
	},
	{ at: '06:30', name: 'The tenant moves', begin: (world) => move(world, 'sod4.superoffice.com') },
	{
		at: '07:00',
		name: 'SuperOffice signs with a new key',
		begin: async ({ online, environment }) => await online.rollKey(environment),
	},
	{ at: '07:10', name: 'All tickets die, with a new key', begin: endTickets, exchanges: 1 },
	{
		at: '08:00',
		name: 'Everything answers 503, and all tickets die',
		begin: (world) => {
			down(world, 'api', ...login);
			endTickets(world);
		},
		lasts: halfAnHour,
		end: up,
		mayFail: true,
		exchanges: 1,
	},
	{
		at: '09:30',
		name: 'The login answers 503',
		begin: (world) => down(world, ...login),
		lasts: halfAnHour,
		end: up,
	},
	{
		at: '10:30',
		name: 'The login answers 503, and all tickets die',
		begin: (world) => {
			down(world, ...login);
			endTickets(world);
		},
		lasts: halfAnHour,
		end: up,
		mayFail: true,
		exchanges: 1,
	},
	{
		at: '11:30',
		name: 'The tenant moves, and nobody tells where to',
		begin: (world) => {
			down(world, 'state');
			move(world, 'sod5.superoffice.com');
		},
		lasts: halfAnHour,
		end: up,
		mayFail: true,
	},
	{
		at: '12:30',
		name: 'The tenant is under maintenance',
		begin: ({ online, tenant }) => online.setState(tenant, 'OfflineMaintenance'),
		lasts: halfAnHour,
		end: ({ online, tenant }) => online.setState(tenant, 'Running'),
		mayFail: true,
	},
	{
		at: '13:30',
		name: 'The clock of n8n’s machine is an hour ahead',
		begin: setClockAhead,
		lasts: hour,
		end: setClockRight,
	},
	{
		at: '15:30',
		name: 'The clock is an hour ahead, and all tickets die',
		begin: (world) => {
			setClockAhead(world);
			endTickets(world);
		},
		lasts: halfAnHour,
		end: setClockRight,
		exchanges: 1,
		// SuperOffice tells the right time, and the second try is signed with that.
		refusals: 1,
	},
	{
		at: '16:10',
		name: 'A ticket dies that was made by the clock ahead',
		begin: endTickets,
		exchanges: 1,
	},
	{
		at: '17:30',
		name: 'SuperOffice signs with a new key, its JWKS answers 503, and all tickets die',
		begin: async (world) => {
			down(world, 'jwks');
			await world.online.rollKey(world.environment);
			endTickets(world);
		},
		lasts: halfAnHour,
		end: up,
		mayFail: true,
		// The first gives a ticket that cannot be verified, and says that newer keys are needed.
		exchanges: 2,
	},
	{
		at: '18:30',
		name: 'The tenant withdraws its approval, and gives it again',
		begin: (world) => {
			world.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked' });
			endTickets(world);
		},
		lasts: halfAnHour,
		end: up,
		mayFail: true,
		exchanges: 1,
		// Each run asks.
		refusals: 6,
	},
	{
		at: '20:00',
		name: '1,100 companies change at once: two pages',
		begin: (world) => world.changeCompanies(1100),
	},
	{ at: '31:00', name: 'No run for 7 hours, so the ticket has died', exchanges: 1 },
];
