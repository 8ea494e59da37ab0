import { getSystemUserTicket } from '../../superoffice';
import { Caller } from '../superoffice-online';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { http, application, noWait } = service;

const namespace = 'http://www.superoffice.com/superid/partnersystemuser/0.1';
const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

const get = async () =>
	await getSystemUserTicket(application('Cust12345', { exchangeProtocol: 'soap' }), http, noWait());
const answer = (body: string, status = 200, times?: number) =>
	service.online.misbehave({
		at: 'exchange',
		kind: 'body',
		contentType: 'text/xml; charset=utf-8',
		body,
		status,
		times,
	});
const fault = (code: string, words: string) =>
	`<s:Envelope xmlns:s="${envelopeNamespace}"><s:Body><s:Fault><faultcode>${code}</faultcode>` +
	`<faultstring xml:lang="en-US">${words}</faultstring></s:Fault></s:Body></s:Envelope>`;

describe('a SOAP response', () => {
	const newJwt = async () =>
		String((await new Caller(service.online).exchange('Cust12345')).data.Token);

	test.each<[string, (jwt: string) => string]>([
		[
			'with other prefixes',
			(jwt) =>
				`<?xml version="1.0" encoding="utf-8"?><env:Envelope xmlns:env="${envelopeNamespace}" xmlns:q="${namespace}">` +
				`<env:Header/><env:Body><q:AuthenticationResponse><q:IsSuccessful>true</q:IsSuccessful>` +
				`<q:Token>${jwt}</q:Token></q:AuthenticationResponse></env:Body></env:Envelope>`,
		],
		[
			'with no prefix at all, spread over lines',
			(jwt) =>
				`\n<Envelope xmlns="${envelopeNamespace}">\n <Body>\n <AuthenticationResponse xmlns="${namespace}">\n` +
				` <IsSuccessful> 1 </IsSuccessful>\n <Token>\n${jwt}\n</Token>\n <ErrorMessage/>\n` +
				` </AuthenticationResponse>\n </Body>\n</Envelope>`,
		],
		[
			'with nil elements, an action in the header, and text in CDATA',
			(jwt) =>
				`<s:Envelope xmlns:s="${envelopeNamespace}"><s:Header><Action s:mustUnderstand="1">x</Action></s:Header>` +
				`<s:Body><AuthenticationResponse xmlns="${namespace}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
				`<ErrorMessage i:nil="true"/><IsSuccessful>True</IsSuccessful><Token><![CDATA[${jwt}]]></Token>` +
				`</AuthenticationResponse></s:Body></s:Envelope>`,
		],
	])('is read %s', async (_, envelope) => {
		const jwt = await newJwt();
		answer(envelope(jwt));
		expect(service.online.isLive((await get()).ticket)).toBe(true);
	});

	test.each<[string, string, string]>([
		['a nil reason', '<ErrorMessage i:nil="true"/>', 'SuperOffice refused and gave no reason.'],
		['no reason', '', 'SuperOffice refused and gave no reason.'],
		[
			'a reason with entities in it',
			'<ErrorMessage>Denied: &quot;A &amp; B&quot; &lt;x&gt;</ErrorMessage>',
			'SuperOffice refused: Denied: "A & B" <x>',
		],
	])('refuses with %s', async (_, reason, message) => {
		answer(
			`<s:Envelope xmlns:s="${envelopeNamespace}"><s:Body><AuthenticationResponse xmlns="${namespace}" ` +
				`xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><IsSuccessful>false</IsSuccessful>${reason}` +
				'</AuthenticationResponse></s:Body></s:Envelope>',
		);
		const error = await superOfficeErrorOf(() => get());
		expect(error).toMatchObject({ code: 'REFUSED', message });
	});

	test('is rejected if it declares an entity', async () => {
		answer(
			`<!DOCTYPE x [<!ENTITY jwt "${await newJwt()}">]><s:Envelope xmlns:s="${envelopeNamespace}"><s:Body>` +
				`<AuthenticationResponse xmlns="${namespace}"><IsSuccessful>true</IsSuccessful><Token>&jwt;</Token>` +
				'</AuthenticationResponse></s:Body></s:Envelope>',
		);
		const error = await superOfficeErrorOf(() => get());
		expect(error.code).toBe('UNEXPECTED_ANSWER');
	});
});

describe('a SOAP fault', () => {
	test.each(['s:Client', 'Client', 's:Sender'])(
		'of the client is a refusal, and is not retried: %s',
		async (code) => {
			answer(fault(code, 'The application is not registered.'), 500);
			const error = await superOfficeErrorOf(() => get());
			expect(error).toMatchObject({
				code: 'REFUSED',
				message: 'SuperOffice refused: The application is not registered.',
			});
			expect(service.online.counts.soapExchanges).toBe(1);
		},
	);

	test.each(['s:Server', 'a:InternalServiceFault', 'Server.Unavailable'])(
		'of the server may be transient, and is retried: %s',
		async (code) => {
			answer(fault(code, 'The server was unable to process the request.'), 500, 2);
			expect((await get()).ticket).toMatch(/^7T:/);
			expect(service.online.counts.soapExchanges).toBe(3);
		},
	);

	test('of the server that persists is reported with its own message', async () => {
		answer(fault('s:Server', 'The server was unable to process the request.'), 500);
		const error = await superOfficeErrorOf(() => get());
		expect(error).toMatchObject({
			code: 'UNAVAILABLE',
			message:
				'sod.superoffice.com is currently unavailable (status 500): The server was unable to process the request.',
		});
	});

	test('that names a refusal is one, whatever its code', async () => {
		answer(fault('s:Server', 'InvalidSignature'), 500);
		const error = await superOfficeErrorOf(() => get());
		expect(error.code).toBe('REFUSED');
		expect(error.hint).toContain('Private Key');
		expect(service.online.counts.soapExchanges).toBe(1);
	});
});
