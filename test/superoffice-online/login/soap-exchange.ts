import type { World } from '../control/world';
import { mediaType, reply, type Call, type Reply, type Route } from '../messages';
import type { Environment } from './environments';
import { exchange, type ExchangeAttempt, type ExchangeOutcome } from './exchange';
import { child, escapeXml, readXml, type XmlElement } from './soap-xml';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const SUPERID = 'http://www.superoffice.com/superid/partnersystemuser/0.1';
const ACTION = `${SUPERID}/IPartnerSystemUserService/Authenticate`;

/** POST /login/services/PartnerSystemUserService.svc, SOAP 1.1 */
export function soapExchange(world: World, environment: Environment, call: Call): Route {
	if (call.method !== 'POST') return { answer: () => reply(405, 'text/plain', '') };
	world.traffic.counts.soapExchanges += 1;
	const envelope = readXml(call.body);
	const attempt = readAttempt(envelope);
	return {
		place: 'exchange',
		contextIdentifier: attempt?.contextIdentifier,
		answer: (how) => {
			if (mediaType(call) !== 'text/xml') {
				return reply(415, 'text/plain', 'The expected content type is text/xml; charset=utf-8.');
			}
			const fault = faultOf(call, envelope, attempt);
			if (fault) world.traffic.counts.refusals += 1;
			if (fault || !attempt) return fault ?? faultReply('s:Client', 'Malformed request.');
			return answerOf(exchange(world, environment, attempt, how));
		},
	};
}

function faultOf(
	call: Call,
	envelope: XmlElement | undefined,
	attempt: ExchangeAttempt | undefined,
): Reply | undefined {
	if (envelope?.name !== 'Envelope' || envelope.namespace !== SOAP) {
		return faultReply('s:Client', 'The message could not be read as a SOAP 1.1 envelope.');
	}
	// SOAP 1.1 puts the action in quotes; many clients leave them out, and WCF accepts both.
	const action = String(call.headers.soapaction ?? '').replace(/^"(.*)"$/, '$1');
	if (action !== ACTION) {
		return faultReply(
			'a:ActionNotSupported',
			`The message with Action '${action}' cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.`,
		);
	}
	if (attempt) return undefined;
	return faultReply(
		's:Client',
		"The formatter threw an exception while trying to deserialize the message: Error in deserializing body of request message for operation 'Authenticate'.",
	);
}

function readAttempt(envelope: XmlElement | undefined): ExchangeAttempt | undefined {
	const header = child(envelope, SOAP, 'Header');
	const request = child(child(envelope, SOAP, 'Body'), SUPERID, 'AuthenticationRequest');
	if (!request) return undefined;
	const token = child(request, SUPERID, 'SignedSystemToken');
	const type = child(request, SUPERID, 'ReturnTokenType');
	// WCF reads the elements of a message in the contract's order.
	const { children } = request;
	if (token && type && children.indexOf(token) > children.indexOf(type)) return undefined;
	return {
		applicationToken: child(header, SUPERID, 'ApplicationToken')?.text ?? '',
		contextIdentifier: child(header, SUPERID, 'ContextIdentifier')?.text ?? '',
		signedSystemToken: token?.text ?? '',
		returnTokenType: type?.text ?? '',
	};
}

function answerOf(outcome: ExchangeOutcome): Reply {
	const [token, errorMessage] = outcome.isSuccessful
		? [outcome.token, undefined]
		: [undefined, outcome.errorMessage];
	const body =
		`<AuthenticationResponse xmlns="${SUPERID}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
		`<IsSuccessful>${outcome.isSuccessful}</IsSuccessful>` +
		element('Token', token) +
		element('ErrorMessage', errorMessage) +
		'</AuthenticationResponse>';
	return envelopeReply(200, body);
}

function element(name: string, text: string | undefined): string {
	return text === undefined ? `<${name} i:nil="true"/>` : `<${name}>${escapeXml(text)}</${name}>`;
}

function faultReply(code: string, text: string): Reply {
	const addressing = 'http://schemas.microsoft.com/ws/2005/05/addressing/none';
	const body =
		`<s:Fault><faultcode xmlns:a="${addressing}">${code}</faultcode>` +
		`<faultstring xml:lang="en-US">${escapeXml(text)}</faultstring></s:Fault>`;
	return envelopeReply(500, body);
}

function envelopeReply(status: number, body: string): Reply {
	const envelope = `<s:Envelope xmlns:s="${SOAP}"><s:Body>${body}</s:Body></s:Envelope>`;
	return reply(status, 'text/xml; charset=utf-8', envelope);
}
