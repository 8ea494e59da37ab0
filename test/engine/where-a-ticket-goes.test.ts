import {
	createAuthority,
	startSuperOfficeOnline,
	type SuperOfficeOnline,
} from '../superoffice-online';
import { useEngine } from './support/engine';
import { sentTickets } from './support/sent-tickets';
import { startStranger } from './support/stranger';
import { chain, httpRequestNode, pagination, ticketNode } from './support/workflows';
import { behindWrongProxy } from './support/wrong-proxy';

const n8n = useEngine();

const apiOf = (contextIdentifier: string) =>
	`https://${n8n.online.tenant(contextIdentifier).apiHost}/${contextIdentifier}/api`;

/** A tenant whose credential has a living ticket. */
const useTenantWithTicket = async () => {
	const tenant = n8n.useNewTenant();
	await n8n.engine.run(chain(ticketNode()));
	n8n.online.resetCounts();
	return tenant;
};

/** A credential for several tenants, its fields being expressions, and an item for each tenant. */
const useExpressionCredential = (count: number) => {
	n8n.useNewTenant({
		contextIdentifier: '={{ $json.tenant }}',
		systemUserToken: '={{ $json.token }}',
	});
	const tenants = Array.from({ length: count }, () => n8n.online.addTenant());
	return tenants.map(({ contextIdentifier: tenant, systemUserToken: token }) => ({
		tenant,
		token,
	}));
};

describe('HTTP Request with options that weaken TLS', () => {
	let impostor: SuperOfficeOnline;
	beforeAll(async () => {
		// All of SuperOffice once more, with certificates from an authority that nobody trusts.
		impostor = await startSuperOfficeOnline({ authority: await createAuthority() });
		n8n.engine.credentials.set({
			id: 'sslCertificates',
			name: 'SSL certificates',
			type: 'httpSslAuth',
			data: { ca: impostor.authority.certificatePem, cert: '', key: '', passphrase: '' },
		});
	});
	beforeEach(() => impostor.resetCounts());
	afterAll(async () => await impostor?.close());

	const hostileRequest = (tenant: string, by: 'Ignore SSL Issues' | 'SSL Certificates') => {
		const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`);
		request.parameters.options = { proxy: impostor.proxyUrl };
		if (by === 'Ignore SSL Issues') {
			request.parameters.options.allowUnauthorizedCerts = true;
		} else {
			request.parameters.provideSslCertificates = true;
			request.credentials!.httpSslAuth = { id: 'sslCertificates', name: 'SSL certificates' };
		}
		return request;
	};

	test.each(['Ignore SSL Issues', 'SSL Certificates'] as const)(
		'sends nothing with %s, and says how to trust a proxy instead',
		async (option) => {
			const tenant = await useTenantWithTicket();
			const { error } = await n8n.engine.run(chain(hostileRequest(tenant, option)));
			expect(impostor.requests).toEqual([]);
			expect(n8n.online.requests).toEqual([]);
			expect(error!.message).toContain(option);
			expect(error!.message).toContain('NODE_EXTRA_CA_CERTS');
		},
	);

	test.each(['Ignore SSL Issues', 'SSL Certificates'] as const)(
		'sends nothing with %s either if the request carries a ticket of its own',
		async (option) => {
			const tenant = await useTenantWithTicket();
			const { output } = await n8n.engine.run(chain(ticketNode()));
			const request = hostileRequest(tenant, option);
			request.parameters.headerParameters = {
				parameters: [
					{ name: 'Authorization', value: `SOTicket ${String(output('Ticket')[0]!.json.ticket)}` },
				],
			};
			const { error } = await n8n.engine.run(chain(request));
			expect(error!.message).toContain(option);
			expect(impostor.requests).toEqual([]);
		},
	);

	test('sends nothing through a proxy to a host that has a certificate of its own, by its name', async () => {
		const tenant = await useTenantWithTicket();
		const stranger = await startStranger('evil.example');
		try {
			for (const name of ['Host', 'host']) {
				const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`, {
					[name]: 'evil.example',
				});
				request.parameters.options = { proxy: stranger.proxyUrl };
				const { error } = await n8n.engine.run(chain(request));
				expect(error!.message).toMatch(/SSL/);
			}
			expect(stranger.heard).toEqual([]);
		} finally {
			await stranger.close();
		}
	});

	test('still lets the request choose its proxy, as long as the certificate is verified', async () => {
		const tenant = await useTenantWithTicket();
		const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`);
		request.parameters.options = { proxy: n8n.online.proxyUrl };
		const { error, output } = await behindWrongProxy(
			'missing',
			async () => await n8n.engine.run(chain(request)),
		);
		expect(error).toBeUndefined();
		expect(output('Request')[0]!.json.Name).toBe(n8n.online.tenant(tenant).companyName);

		request.parameters.options = { proxy: impostor.proxyUrl };
		const untrusted = await n8n.engine.run(chain(request));
		expect(untrusted.error!.message).toMatch(/certificate/i);
		expect(impostor.requests).toEqual([]);
	});

	test('still lets the request identify itself with a client certificate', async () => {
		const tenant = await useTenantWithTicket();
		const { certificatePem, privateKeyPem } = await createAuthority();
		n8n.engine.credentials.set({
			id: 'clientCertificate',
			name: 'Client certificate',
			type: 'httpSslAuth',
			data: { ca: '', cert: certificatePem, key: privateKeyPem, passphrase: '' },
		});
		const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`);
		request.parameters.provideSslCertificates = true;
		request.credentials!.httpSslAuth = { id: 'clientCertificate', name: 'Client certificate' };
		const { error } = await n8n.engine.run(chain(request));
		expect(error).toBeUndefined();
	});
});

describe('A ticket goes to its own tenant alone', () => {
	test('with expressions in the credential and pagination, where n8n takes the first item’s credential for all', async () => {
		const triggerItems = useExpressionCredential(2);
		const [first, second] = triggerItems.map(({ tenant }) => tenant);
		const request = httpRequestNode(
			'=https://online.superoffice.com/{{ $json.tenant }}/api/v1/Contact/1',
		);
		request.parameters.options = pagination(
			{ name: 'fk', value: '={{ $pageCount > 0 }}' },
			'={{ true }}',
		);
		request.onError = 'continueRegularOutput';
		const { output } = await n8n.engine.run(chain(request), { triggerItems });
		const tickets = sentTickets(n8n.online);
		expect(tickets.filter(({ of, to }) => of !== to)).toEqual([]);
		expect(tickets.length).toBeGreaterThan(0);
		const [answered, refused] = output('Request');
		expect(answered!.json.Name).toBe(n8n.online.tenant(first!).companyName);
		const text = JSON.stringify(refused!.json.error);
		expect(text).toContain(`${second} in Production`);
		expect(text).toContain(`${first} in Production`);
	});

	test.each<[string, (tenant: string) => string, string]>([
		[
			'another tenant',
			() => 'https://online.superoffice.com/Cust30001/api/v1/Contact/1',
			'Cust30001 in Production',
		],
		[
			'the tenant of that name in another environment',
			(tenant) => `https://sod.superoffice.com/${tenant}/api/v1/Contact/1`,
			'in Development',
		],
		[
			'another tenant by dots in the path',
			(tenant) => `https://online2.superoffice.com/${tenant}/api/../../Cust30001/api/v1/Contact/1`,
			'Cust30001 in Production',
		],
		[
			'encoded dots',
			(tenant) =>
				`https://online2.superoffice.com/${tenant}/api/..%2f..%2fCust30001/api/v1/Contact/1`,
			'web API',
		],
		[
			'what is not the web API',
			(tenant) => `https://online2.superoffice.com/${tenant}/default.aspx`,
			'web API',
		],
		['the documentation', () => 'https://docs.superoffice.com/en/api', 'web API'],
		['the login host', (tenant) => `https://online.superoffice.com/api/state/${tenant}`, 'web API'],
	])('and not to %s', async (_, url, named) => {
		const tenant = await useTenantWithTicket();
		const { error } = await n8n.engine.run(chain(httpRequestNode(url(tenant))));
		expect(n8n.online.requests).toEqual([]);
		expect(error!.message).toContain(named);
		expect(error!.message).toContain(`${tenant} in Production`);
		expect(n8n.online.counts.strayHosts).toEqual([]);
	});

	test('unless the request carries that tenant’s ticket itself', async () => {
		const other = n8n.useNewTenant();
		const { output } = await n8n.engine.run(chain(ticketNode()));
		await useTenantWithTicket();
		const headers = { Authorization: `SOTicket ${String(output('Ticket')[0]!.json.ticket)}` };
		const request = httpRequestNode(`${apiOf(other)}/v1/Contact/1`, headers);
		const { error, output: answer } = await n8n.engine.run(chain(request));
		expect(error).toBeUndefined();
		expect(answer('Request')[0]!.json.Name).toBe(n8n.online.tenant(other).companyName);
	});

	test('also where the address has backslashes', async () => {
		const tenant = await useTenantWithTicket();
		const url = `https://online.superoffice.com\\${tenant}\\api\\v1\\Contact\\1`;
		const { error, output } = await n8n.engine.run(chain(httpRequestNode(url)));
		expect(error).toBeUndefined();
		expect(output('Request')[0]!.json.Name).toBe(n8n.online.tenant(tenant).companyName);
	});
});
