import type { Application, Http } from '../../../superoffice';
import {
	createClient,
	startSuperOfficeOnline,
	type SuperOfficeOnline,
} from '../../superoffice-online';

/** The local service and an axios that reaches it as the library's HTTP function, for the tests of one file. */
export interface Bench {
	online: SuperOfficeOnline;
	http: Http;
	application(contextIdentifier: string, changes?: Partial<Application>): Application;
}

export function useSuperOfficeOnline(): Bench {
	let online: SuperOfficeOnline;
	let client: ReturnType<typeof createClient>;
	beforeAll(async () => {
		online = await startSuperOfficeOnline();
		client = createClient(online);
	});
	beforeEach(() => {
		online.calmDown();
		online.resetCounts();
	});
	afterAll(async () => await online.close());
	return {
		get online() {
			return online;
		},
		http: async ({ method, url, headers, body, timeout }) => {
			const response = await client.request({
				method,
				url,
				headers,
				data: body,
				timeout,
				responseType: 'text',
			});
			return {
				status: response.status,
				headers: response.headers as Record<string, string>,
				body: response.data,
			};
		},
		application: (contextIdentifier, changes) => ({
			...online.credential(contextIdentifier),
			...changes,
		}),
	};
}
