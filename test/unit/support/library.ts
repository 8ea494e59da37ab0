import { AuthState, type SystemUserCredentials, type Http } from '../../../superoffice';
import type { SuperOfficeOnline } from '../../superoffice-online';
import { httpTo } from './axios-http';
import { useService } from './service';

/** The local service, and everything the library needs to reach it. */
export interface ServiceWithHttp {
	online: SuperOfficeOnline;
	/** The library's HTTP function, implemented with axios. */
	http: Http;
	/** Skips the waits between attempts, and shares no state with other tests. */
	noWait(): { sleep: () => Promise<undefined>; state: AuthState };
	application(
		contextIdentifier: string,
		changes?: Partial<SystemUserCredentials>,
	): SystemUserCredentials;
}

/** Runs the service for the tests of one file. */
export function useSuperOfficeOnline(): ServiceWithHttp {
	let online: SuperOfficeOnline;
	let http: Http;
	useService((started) => {
		({ online } = started);
		http = httpTo(online);
	});
	return {
		get online() {
			return online;
		},
		http: async (request) => await http(request),
		noWait: () => ({ sleep: async () => undefined, state: new AuthState() }),
		application: (contextIdentifier, changes) => ({
			...online.credential(contextIdentifier),
			...changes,
		}),
	};
}
