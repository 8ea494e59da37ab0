import type { INodePropertyOptions } from 'n8n-workflow';

import type { Entity } from '../../superoffice';
import { entities } from '../SuperOffice/resources/entities';

/** Kinds of events, under SuperOffice's names and the words of its user interface. */
interface EventKind {
	label: string;
	/** The kind of record that can be included. */
	record?: Entity;
	/** What happens, with what is worth knowing about it. */
	events: Record<string, string | [name: string, description: string]>;
}

const usual = { created: 'Created', changed: 'Changed', deleted: 'Deleted' };

const erasable: EventKind['events'] = {
	created: 'Created',
	changed: 'Changed',
	softdeleted: ['Deleted', 'Deleted by a user. It can be brought back for some time.'],
	deleted: ['Erased', 'Removed for good, some time after it was deleted'],
};

const kinds: Record<string, EventKind> = {
	associate: { label: 'User', events: usual },
	activity: { label: 'Follow-Up', record: entities.appointment, events: usual },
	chatsession: {
		label: 'Chat',
		events: { created: 'Started', changed: 'Changed', message: 'Message Received' },
	},
	contact: { label: 'Company', record: entities.company, events: erasable },
	document: {
		label: 'Document',
		record: entities.document,
		events: { ...usual, edited: ['Content Edited', 'Its file was changed'] },
	},
	person: {
		label: 'Contact Person',
		record: entities.person,
		events: {
			...erasable,
			consented: ['Consent Given', 'A consent was added or changed'],
			unconsented: ['Consent Withdrawn', 'A consent was removed or withdrawn'],
		},
	},
	project: { label: 'Project', record: entities.project, events: usual },
	projectmember: { label: 'Project Member', events: usual },
	quote: {
		label: 'Quote',
		events: {
			approved: 'Approved',
			rejected: 'Rejected',
			sent: 'Sent',
			ordered: 'Ordered',
		},
	},
	relation: { label: 'Relation', events: usual },
	sale: {
		label: 'Sale',
		record: entities.sale,
		events: {
			...usual,
			sold: ['Sold', 'Its status became Sold. Changed comes as well.'],
			lost: ['Lost', 'Its status became Lost. Changed comes as well.'],
			completed: 'Completed',
		},
	},
	salestakeholder: { label: 'Sale Stakeholder', events: usual },
	ticket: {
		label: 'Request',
		record: entities.request,
		events: { created: 'Created', changed: ['Changed', 'A deleted request counts as changed'] },
	},
};

/** What can be chosen, by name. */
export const eventOptions: INodePropertyOptions[] = Object.entries(kinds)
	.flatMap(([kind, { label, events }]) =>
		Object.entries(events).map(([verb, what]) => {
			const [name, description] = typeof what === 'string' ? [what] : what;
			return { name: `${label} ${name}`, value: `${kind}.${verb}`, description };
		}),
	)
	.sort((one, other) => one.name.localeCompare(other.name));

/** The kind of record that events of an entity are about: of `contact`, a company. */
export function entityOfEvents(entity: string): Entity | undefined {
	return kinds[entity]?.record;
}
