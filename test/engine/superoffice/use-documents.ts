import { randomBytes } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Misbehaviour } from '../../superoffice-online';
import { runnersWithFiles, type TestFile } from './files';
import { byId, operation } from './node';
import { useNode } from './use-node';

/** A file of that name, with anything in it. */
export const pdf = (name = 'offer.pdf', bytes = randomBytes(5000)): TestFile => ({ name, bytes });

/** An operation on a document that is there. */
export const ofDocument = (name: string, id: number, parameters: IDataObject = {}) =>
	operation('document', name, { recordId: byId(id), ...(parameters as object) });

/** The node, with a tenant that has documents. */
export function useDocuments() {
	const node = useNode();
	const files = () => node.tenant.data.files;
	return {
		...node,
		...runnersWithFiles(node),
		get tenant() {
			return node.tenant;
		},
		documents: () => node.tenant.data.all('Document'),
		contentOf: (id: number) => files().contents.get(id),
		checkouts: () => files().checkouts,
		calls: () => node.n8n.online.apiCalls(node.tenant.contextIdentifier),

		/** A document that is there already, with that content. */
		stored({ name, bytes }: TestFile = pdf()): number {
			const { data, settings } = node.tenant;
			const values = {
				...{ Name: name, Header: name, Contact: 1, DocumentTemplate: 1 },
				LockSemantics: settings.lockSemantics,
			};
			const { id } = data.insert('Document', { values });
			data.files.contents.set(id, bytes);
			return id;
		},

		/** Has SuperOffice refuse calls that are about contents, unless the order says otherwise. */
		fail(order: Partial<Misbehaviour>): void {
			node.n8n.online.misbehave({
				at: 'api',
				path: /\/Content$/i,
				kind: 'status',
				status: 400,
				body: JSON.stringify({ Message: 'The disk is full.' }),
				...order,
			} as Misbehaviour);
		},
	};
}
