import { Caller, startSuperOfficeOnline, type SuperOfficeOnline } from '../../superoffice-online';

/** The local service, and a caller that shares no code with the library. */
export interface ServiceWithCaller {
	online: SuperOfficeOnline;
	caller: Caller;
}

/** Runs the service for the tests of one file; every test starts with no misbehaviour and all counts at zero. */
export function useService(assign: (started: ServiceWithCaller) => void): void {
	let online: SuperOfficeOnline;
	beforeAll(async () => {
		online = await startSuperOfficeOnline();
		assign({ online, caller: new Caller(online) });
	});
	beforeEach(() => {
		online.stopMisbehaving();
		online.resetCounts();
	});
	afterAll(async () => await online?.close());
}
