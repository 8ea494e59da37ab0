import { XMLBuilder, XMLParser } from '../third-party/fast-xml-parser';
import type { Protocol } from './protocol';
import { readRefusal } from './refusals';

const namespace = 'http://www.superoffice.com/superid/partnersystemuser/0.1';
const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

// Prefixes vary, so they are dropped; entities beyond XML's own five are never expanded; values stay text.
const parser = new XMLParser({
	ignoreAttributes: false,
	removeNSPrefix: true,
	parseTagValue: false,
	parseAttributeValue: false,
	processEntities: true,
});
const builder = new XMLBuilder({ ignoreAttributes: false, suppressBooleanAttributes: false });

/** SOAP 1.1, operation `Authenticate`. */
export const soap: Protocol = {
	path: '/login/services/PartnerSystemUserService.svc',

	headers: {
		'Content-Type': 'text/xml; charset=utf-8',
		SOAPAction: `${namespace}/IPartnerSystemUserService/Authenticate`,
	},

	buildBody: ({ clientSecret, contextIdentifier }, signedSystemToken) =>
		buildEnvelope(
			{ ApplicationToken: clientSecret, ContextIdentifier: contextIdentifier },
			{ SignedSystemToken: signedSystemToken, ReturnTokenType: 'Jwt' },
		),

	readAnswer: ({ body }) => {
		const soapBody = child(child(parse(body), 'Envelope'), 'Body');
		const answer = child(soapBody, 'AuthenticationResponse');
		if (answer !== undefined) {
			const isSuccessful = /^(true|1)$/i.test(readElement(answer, 'IsSuccessful') ?? '');
			return {
				outcome: isSuccessful ? 'success' : 'refusal',
				token: readElement(answer, 'Token'),
				errorMessage: readElement(answer, 'ErrorMessage'),
			};
		}
		const fault = child(soapBody, 'Fault');
		if (fault === undefined) return undefined;
		const code = readElement(fault, 'faultcode') ?? '';
		const words = readElement(fault, 'faultstring') ?? code;
		// The status is mostly 500 even where the request is at fault; the code tells whose fault it is.
		const isServers = /^([^:]*:)?(Server|Receiver|InternalServiceFault)\b/i.test(code);
		return {
			outcome: isServers && readRefusal(words) === undefined ? 'fault' : 'refusal',
			errorMessage: words,
		};
	},
};

function buildEnvelope(header: Record<string, string>, request: Record<string, string>): string {
	const qualify = (elements: Record<string, string>) =>
		Object.fromEntries(Object.entries(elements).map(([name, value]) => [`p:${name}`, value]));
	return builder.build({
		's:Envelope': {
			'@_xmlns:s': envelopeNamespace,
			'@_xmlns:p': namespace,
			's:Header': qualify(header),
			's:Body': { 'p:AuthenticationRequest': qualify(request) },
		},
	});
}

function parse(xml: string): unknown {
	// SOAP forbids it, and it is where entities of one's own are declared.
	if (xml.includes('<!DOCTYPE')) return undefined;
	try {
		return parser.parse(xml, true);
	} catch {
		return undefined;
	}
}

function child(element: unknown, name: string): unknown {
	return typeof element === 'object' && element !== null
		? ((element as Record<string, unknown>)[name] ?? undefined)
		: undefined;
}

/** The text of an element, `undefined` where it is absent, empty or nil. */
function readElement(parent: unknown, name: string): string | undefined {
	const element = child(parent, name);
	const text = typeof element === 'string' ? element : child(element, '#text');
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
