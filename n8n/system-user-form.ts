import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { SystemUserCredentials } from '../superoffice';

/** The name of the credential "SuperOffice API", for a system user. */
export const systemUserCredential = 'superOfficeApi';

/** The fields of that credential's form, as the library takes them. */
export function readForm(credentials: ICredentialDataDecryptedObject): SystemUserCredentials {
	const text = (name: string) => {
		const value = credentials[name];
		return typeof value === 'string' ? value : '';
	};
	return {
		environment: text('environment'),
		contextIdentifier: text('contextIdentifier'),
		clientSecret: text('clientSecret'),
		systemUserToken: text('systemUserToken'),
		privateKey: text('privateKey'),
		privateKeyPassphrase: text('privateKeyPassphrase'),
		publicKey: text('publicKey'),
		exchangeProtocol: text('exchangeProtocol'),
	};
}
