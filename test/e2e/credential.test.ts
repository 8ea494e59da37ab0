import {
	credentialId,
	httpRequestNode,
	numbered,
	savedCredential,
	ticketNode,
} from '../engine/support/workflows';
import { keyVectors } from '../unit/support/vectors';
import { useRealN8n, workflowOf } from './support/n8n';

const real = useRealN8n();

test('the credential’s test stores the ticket on success, and names a wrong field', async () => {
	const { n8n, online } = real;
	const tenant = await real.useNewTenant();
	const server = await n8n.start();
	const data = online.credential(tenant);
	const test = async (changes: object = {}) =>
		await server.testCredential(savedCredential({ ...data, ...changes }));

	expect(await test()).toMatchObject({ status: 'OK' });
	expect(online.counts.exchanges).toBe(1);
	expect(online.isLive(String((await real.stored()).ticket), tenant)).toBe(true);
	expect(await test({ privateKey: online.application.privateKeyXml })).toMatchObject({
		status: 'OK',
	});
	expect(await test({ exchangeProtocol: 'soap' })).toMatchObject({ status: 'OK' });
	for (const [changes, message] of [
		[{ privateKey: keyVectors.publicKeyPem }, /^Private Key: this is a public key\. Paste the/],
		[{ clientSecret: 'wrong' }, /^SuperOffice refused: .*Check Environment, Client Secret/],
		[
			{ contextIdentifier: 'Cust99999' },
			/^The tenant Cust99999 is not known in Production\. Check/,
		],
	] as const) {
		expect(await test(changes)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	}
	// When the form is opened again, n8n redacts the stored secrets and requests no new ticket.
	online.resetCounts();
	await real.useCredential(tenant);
	expect(await server.testSavedCredential(credentialId)).toMatchObject({ status: 'OK' });
	expect(await server.testSavedCredential(credentialId)).toMatchObject({ status: 'OK' });
	expect(
		await server.testSavedCredential(credentialId, { privateKey: keyVectors.publicKeyPem }),
	).toEqual({
		status: 'Error',
		message: expect.stringMatching(/^Private Key: this is a public key/),
	});
	expect(online.counts.exchanges).toBe(0);
	online.moveTenant(tenant, 'online3.superoffice.com');
	await n8n.stop();
	const later = await n8n.start();
	expect(await later.testSavedCredential(credentialId)).toMatchObject({ status: 'OK' });
	expect((await real.stored()).ticketDetails).toContain('https://online3.superoffice.com/');
	expect(online.counts.exchanges).toBe(0);
	await n8n.stop();
});

test('a suspended tenant: both nodes say why they fail, show no secret, and work again afterwards', async () => {
	const { n8n, online } = real;
	const tenant = await real.useNewTenant();
	const url = `https://online.superoffice.com/${tenant}/api/v1/Contact/1`;
	await n8n.importWorkflows(
		workflowOf('request', numbered(2), httpRequestNode(url)),
		workflowOf('ticket', numbered(2), ticketNode()),
	);
	online.setState(tenant, 'Suspended');
	const { clientSecret, systemUserToken, privateKey } = online.credential(tenant);
	const keyLine = privateKey.split('\n')[3]!;
	for (const id of ['request', 'ticket']) {
		const { error, description, printed } = await n8n.execute(id);
		expect([error, description].join(' ')).toContain(`The tenant ${tenant} is suspended.`);
		expect([error, description].join(' ')).toContain('Ask the tenant’s administrator');
		for (const secret of [clientSecret, systemUserToken, keyLine]) {
			expect(printed).not.toContain(secret);
		}
	}
	expect(online.counts.exchanges).toBe(0);
	online.setState(tenant, 'Running');
	for (const id of ['request', 'ticket']) {
		expect((await n8n.execute(id)).error).toBeUndefined();
	}
	expect(online.counts.exchanges).toBe(1);
});
