import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { setImmediate } from 'node:timers/promises';

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * Stands in for n8n's credentials table. Everything is copied through JSON on the way in and out, as
 * in the table: no objects are shared, and what JSON cannot express is lost.
 */
export class CredentialStore {
	private readonly rows = new Map<string, string>();

	/** Saves a credential as a user does in the form. */
	set(credential: StoredCredential): void {
		this.rows.set(credential.id, JSON.stringify(credential));
	}

	get(id: string): StoredCredential {
		const row = this.rows.get(id);
		if (row === undefined) throw new Error(`There is no credential with the id "${id}"`);
		return JSON.parse(row) as StoredCredential;
	}

	/** What a node reads. Yields to the event loop, so that the same races can occur as with a database. */
	async read(id: string | null, type: string): Promise<StoredCredential> {
		await setImmediate();
		const credential = id === null ? undefined : this.get(id);
		if (credential?.type !== type) {
			throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		return credential;
	}

	/** What n8n saves by itself. */
	async update(id: string | null, type: string, data: ICredentialDataDecryptedObject) {
		const credential = await this.read(id, type);
		this.set({ ...credential, data });
	}
}
