import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { environments, type Environment } from '../../superoffice';
import type { SampleInput } from './sample-steps';

const names = [
	'environment',
	'contextIdentifier',
	'clientSecret',
	'systemUserToken',
	'privateKey',
	'publicKey',
];

export const fields: INodeProperties[] = names.map((name) => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
}));

export function readInput(credentials: ICredentialDataDecryptedObject): SampleInput {
	const text = (name: string) => String(credentials[name]);
	return {
		loginHost: environments[text('environment') as Environment].loginHost,
		contextIdentifier: text('contextIdentifier'),
		clientSecret: text('clientSecret'),
		systemUserToken: text('systemUserToken'),
		privateKey: text('privateKey'),
		publicKey: text('publicKey'),
	};
}

export function withTicket(
	request: IHttpRequestOptions,
	ticket: string,
	clientSecret: string,
): IHttpRequestOptions {
	const headers = { Authorization: `SOTicket ${ticket}`, 'SO-AppToken': clientSecret };
	return { ...request, headers: { ...request.headers, ...headers } };
}
