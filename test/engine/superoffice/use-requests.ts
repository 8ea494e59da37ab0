import type { IDataObject } from 'n8n-workflow';

import type { Misbehaviour, StoredRecord } from '../../superoffice-online';
import { runnersWithFiles } from './files';
import { byId, operation } from './node';
import { useNode } from './use-node';

/** An operation on a request that is there. */
export const ofRequest = (name: string, id: number, parameters: IDataObject = {}, settings = {}) =>
	operation('request', name, { recordId: byId(id), ...(parameters as object) }, settings);

/** The node, with a tenant that has requests. */
export function useRequests() {
	const node = useNode();
	const store = () => node.tenant.data.requests;
	return {
		...node,
		...runnersWithFiles(node),
		get tenant() {
			return node.tenant;
		},
		store,
		/** Calls of the web API, by address. */
		calls() {
			const all = Object.entries(node.n8n.online.apiCalls(node.tenant.contextIdentifier));
			return Object.fromEntries(all.filter(([call]) => call.includes(' /v1/')));
		},

		/** A request that is there already. */
		stored(values: Record<string, unknown> = {}): number {
			const usual = {
				Title: 'Broken oak',
				Category: 1,
				BaseStatus: 'Active',
				Status: 1,
				Person: 1,
			};
			return node.tenant.data.insert('Ticket', { values: { ...usual, ...values } }).id;
		},

		/** A message that is there already, with attachments by name. */
		written(Ticket: number, Body: string, files: Record<string, Buffer> = {}): StoredRecord {
			const { messages, attachments } = store();
			const ids = Object.entries(files).map(([name, content]) => {
				const id = attachments.size + 1;
				const about = { contentType: 'text/plain', inlineImage: false, contentId: '' };
				attachments.set(id, { id, name, ...about, content });
				return id;
			});
			const now = node.tenant.clock.now();
			const message = {
				...{ id: messages.size + 1, customFields: {}, createdBy: 2, updatedBy: 2 },
				...{ createdAt: now, updatedAt: now },
				values: { Ticket, Body, Author: 'Zoë', Slevel: 'External', Attachments: ids },
			};
			messages.set(message.id, message);
			return message;
		},

		/** Has SuperOffice refuse calls to an address. */
		fail(path: RegExp, order: Partial<Misbehaviour> = {}): void {
			node.n8n.online.misbehave({
				...{ at: 'api', path, kind: 'status', status: 400 },
				body: JSON.stringify({ Message: 'The disk is full.' }),
				...order,
			} as Misbehaviour);
		},
	};
}
