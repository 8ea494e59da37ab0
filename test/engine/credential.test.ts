import { keyVectors } from '../unit/support/vectors';
import { useEngine } from './support/engine';
import { credentialId } from './support/workflows';

const n8n = useEngine();

const testWith = async (changes: Record<string, string>) => {
	n8n.useCredential('Cust12345', changes);
	return await n8n.engine.testCredential(n8n.engine.credentials.get(credentialId));
};

describe('the credential’s test', () => {
	test('gets a ticket, calls the tenant with it, and stores it', async () => {
		expect(await testWith({})).toMatchObject({ status: 'OK', message: 'Connection successful!' });
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, currentPrincipal: 1 });
		const { ticket, ...others } = n8n.engine.credentials.get(credentialId).data;
		expect(n8n.online.isLive(String(ticket), 'Cust12345')).toBe(true);
		// n8n sends every hidden field to the form, except this one, which it redacts.
		expect(JSON.stringify(others)).not.toContain(String(ticket));
	});

	test('does not request another ticket while the stored one is alive', async () => {
		await testWith({});
		n8n.online.resetCounts();
		const { data } = n8n.engine.credentials.get(credentialId);
		expect(await testWith(data as Record<string, string>)).toMatchObject({ status: 'OK' });
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test('finds a tenant that has moved, and stores its new address', async () => {
		const tenant = n8n.useNewTenant();
		const stored = () => n8n.engine.credentials.get(credentialId);
		await n8n.engine.testCredential(stored());
		n8n.online.resetCounts();
		n8n.online.moveTenant(tenant, 'online3.superoffice.com');
		for (let round = 0; round < 2; round++) {
			expect(await n8n.engine.testCredential(stored())).toMatchObject({ status: 'OK' });
		}
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, state: 1 });
		expect(stored().data.ticketDetails).toContain('https://online3.superoffice.com/');
	});

	test('tests what is entered now, not what a live ticket was obtained with', async () => {
		await testWith({});
		const { data } = n8n.engine.credentials.get(credentialId);
		const stored = data as Record<string, string>;
		const publicKey = n8n.online.login('online').certificatePem;
		const { message } = await testWith({ ...stored, publicKey });
		expect(message).toContain('its signature was not made with SuperOffice’s key');
		n8n.online.resetCounts();
		expect(await testWith({ ...stored, exchangeProtocol: 'soap' })).toMatchObject({ status: 'OK' });
		expect(n8n.online.counts.soapExchanges).toBe(1);
	});

	test.each<[string, Record<string, string>, RegExp]>([
		[
			'a public key as private key',
			{ privateKey: keyVectors.publicKeyPem },
			/^Private Key: this is a public key\. Paste/,
		],
		[
			'a wrong secret',
			{ clientSecret: 'wrong' },
			/^SuperOffice refused: .* Check Environment, Client Secret/,
		],
		[
			'the wrong environment',
			{ environment: 'online' },
			/^The tenant Cust12345 is not known in Production\. Check Context Identifier and Environment/,
		],
		[
			'an invalid context identifier',
			{ contextIdentifier: 'Acme' },
			/^Context Identifier is not .* Enter "Cust"/,
		],
	])('shows what is wrong and how to fix it, for %s', async (_, changes, message) => {
		const result = await testWith(changes);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
	});

	test('says so if SuperOffice cannot be reached', async () => {
		const proxy = process.env.HTTPS_PROXY;
		Object.assign(process.env, {
			HTTPS_PROXY: 'http://127.0.0.1:9',
			https_proxy: 'http://127.0.0.1:9',
		});
		try {
			const { message } = await testWith({ contextIdentifier: 'Cust54321' });
			expect(message).toContain(
				'sod.superoffice.com could not be reached: the connection was refused.',
			);
		} finally {
			Object.assign(process.env, { HTTPS_PROXY: proxy, https_proxy: proxy });
		}
	});
});

describe('the credential’s form', () => {
	test('hides and redacts the ticket, masks the secrets, and keeps the line breaks of keys', () => {
		const { properties } = n8n.engine.packages.getCredentialType('superOfficeApi');
		const named = Object.fromEntries(properties.map((property) => [property.name, property]));
		expect(named.ticket).toMatchObject({
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
		});
		for (const name of ['clientSecret', 'systemUserToken', 'privateKey']) {
			expect([name, named[name]?.typeOptions?.password]).toEqual([name, true]);
		}
		for (const name of ['privateKey', 'publicKey']) {
			expect([name, named[name]?.typeOptions?.rows ?? 0]).toEqual([name, expect.any(Number)]);
			expect(named[name]?.typeOptions?.rows).toBeGreaterThan(1);
		}
	});

	test('has what the HTTP Request node needs to offer it, even in n8n’s copy of it', () => {
		const copy = { ...n8n.engine.packages.getCredentialType('superOfficeApi') };
		expect(copy.authenticate).toBeDefined();
		expect(copy.httpRequestNode).toMatchObject({ name: 'SuperOffice' });
	});
});
