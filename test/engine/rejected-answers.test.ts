import { useEngine } from './support/engine';
import { useMovableDate } from './support/movable-date';
import { chain, credentialId, httpRequestNode, ticketNode } from './support/workflows';

const n8n = useEngine();
const { later } = useMovableDate();

/** A tenant whose credential pins a key that is not SuperOffice's in Production. */
const useWrongPublicKey = () => {
	const publicKey = n8n.online.login('sod').certificatePem;
	return n8n.useNewTenant({ publicKey });
};
const rejected = /could not be verified: its signature was not made with SuperOffice’s key/;

describe('A JWT that is rejected', () => {
	test('costs one exchange, however many requests ask, and another after a minute', async () => {
		const tenant = useWrongPublicKey();
		const request = httpRequestNode(`https://online.superoffice.com/${tenant}/api/v1/Contact/1`);
		for (let run = 0; run < 10; run++) {
			const { error } = await n8n.engine.run(chain(request));
			expect(error!.message).toMatch(rejected);
		}
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, restExchanges: 1 });
		later(61_000);
		await n8n.engine.run(chain(request));
		expect(n8n.online.counts.exchanges).toBe(2);
	});

	test('costs one exchange, however often the node runs and the credential is tested', async () => {
		useWrongPublicKey();
		for (let run = 0; run < 5; run++) {
			const { error } = await n8n.engine.run(chain(ticketNode()));
			expect(error!.message).toMatch(rejected);
			expect(error!.description).toContain('Public Key');
			const result = await n8n.engine.testCredential(n8n.engine.credentials.get(credentialId));
			expect(result.message).toMatch(rejected);
		}
		expect(n8n.online.counts.exchanges).toBe(1);
	});

	test('is asked for again at once after the credential is edited', async () => {
		const tenant = useWrongPublicKey();
		await n8n.engine.run(chain(ticketNode()));
		n8n.useCredential(tenant);
		const { error, output } = await n8n.engine.run(chain(ticketNode()));
		expect(error).toBeUndefined();
		expect(n8n.online.isLive(String(output('Ticket')[0]!.json.ticket), tenant)).toBe(true);
	});

	test('is asked for again at once by Always Request New, which may set things right for all', async () => {
		const tenant = n8n.useNewTenant();
		n8n.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => ({ ...parts, claims: { ...parts.claims, iss: 'Somebody' } }),
			times: 2,
		});
		const always = chain(ticketNode({ options: { alwaysRequestNew: true } }));
		const issuer = /not issued by SuperOffice AS/;
		expect((await n8n.engine.run(chain(ticketNode()))).error!.message).toMatch(issuer);
		expect((await n8n.engine.run(always)).error!.message).toMatch(issuer);
		expect((await n8n.engine.run(chain(ticketNode()))).error!.message).toMatch(issuer);
		expect(n8n.online.counts.exchanges).toBe(2);
		expect((await n8n.engine.run(always)).error).toBeUndefined();
		const { output } = await n8n.engine.run(chain(ticketNode()));
		expect(output('Ticket')[0]!.json.reused).toBe(true);
		expect(n8n.online.isLive(String(output('Ticket')[0]!.json.ticket), tenant)).toBe(true);
		expect(n8n.online.counts.exchanges).toBe(3);
		n8n.online.expireAllTickets();
		const request = httpRequestNode(`https://online.superoffice.com/${tenant}/api/v1/Contact/1`);
		expect((await n8n.engine.run(chain(request))).error).toBeUndefined();
		expect(n8n.online.counts.exchanges).toBe(4);
	});
});
