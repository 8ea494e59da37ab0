import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import {
	describeClaims,
	fingerprint,
	isSuperOfficeUrl,
	type Application,
	type SystemUserTicket,
} from '../superoffice';

/** The fields of the credential form, as the protocol library takes them. */
export function readApplication(credentials: ICredentialDataDecryptedObject): Application {
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

/** A ticket as the credential’s hidden fields keep it. The ticket itself is in a field of its own, the redacted one, alone. */
export function storeTicket(application: Application, ticket: SystemUserTicket): IDataObject {
	const details = {
		...ticket,
		ticket: undefined,
		claims: describeClaims(ticket.claims),
		identity: fingerprint(application),
	};
	return { ticket: ticket.ticket, ticketDetails: JSON.stringify(details) };
}

/**
 * The ticket in the credential’s hidden fields, if there is one of this very identity: n8n keeps it there also when
 * somebody edits the tenant or a secret, and then it is another’s.
 */
export function readStoredTicket(
	credentials: ICredentialDataDecryptedObject,
): SystemUserTicket | undefined {
	const { ticket, ticketDetails } = credentials;
	if (typeof ticket !== 'string' || ticket === '' || typeof ticketDetails !== 'string') {
		return undefined;
	}
	try {
		const { identity, ...details } = JSON.parse(ticketDetails) as SystemUserTicket & {
			identity: string;
		};
		const isOwn = identity === fingerprint(readApplication(credentials));
		return isOwn && isSuperOfficeUrl(details.webApiUrl) ? { ...details, ticket } : undefined;
	} catch {
		return undefined;
	}
}
