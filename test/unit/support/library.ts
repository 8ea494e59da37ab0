import { Memory, type Application, type Http } from '../../../superoffice';
import type { SuperOfficeOnline } from '../../superoffice-online';
import { httpTo } from './axios-http';
import { useService, type Service } from './service';

/** The local service and an axios that reaches it as the library's HTTP function, for the tests of one file. */
export interface Bench {
	online: SuperOfficeOnline;
	http: Http;
	/** Passes no time between tries, and knows nothing of what other tests were told. */
	noWait(): { sleep: () => Promise<undefined>; memory: Memory };
	application(contextIdentifier: string, changes?: Partial<Application>): Application;
}

export function useSuperOfficeOnline(): Bench {
	let service: Service;
	let http: Http;
	useService((started) => {
		service = started;
		http = httpTo(started.online);
	});
	return {
		get online() {
			return service.online;
		},
		http: async (request) => await http(request),
		noWait: () => ({ sleep: async () => undefined, memory: new Memory() }),
		application: (contextIdentifier, changes) => ({
			...service.online.credential(contextIdentifier),
			...changes,
		}),
	};
}
