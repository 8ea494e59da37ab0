import { Caller, startSuperOfficeOnline, type SuperOfficeOnline } from '../../superoffice-online';

/** The local service, and a caller that shares no code with the library, for the tests of one file. */
export interface Service {
	online: SuperOfficeOnline;
	caller: Caller;
}

export function useService(assign: (service: Service) => void): void {
	let online: SuperOfficeOnline;
	beforeAll(async () => {
		online = await startSuperOfficeOnline();
		assign({ online, caller: new Caller(online) });
	});
	beforeEach(() => {
		online.calmDown();
		online.resetCounts();
	});
	afterAll(async () => await online?.close());
}
