import type { IDataObject } from 'n8n-workflow';

import type { EntityName } from '../../superoffice-online/crm/store';

/** What one record of each resource is made of in tests, and changed to, by the ids of the node's fields. */
export interface Kind {
	resource: string;
	entity: EntityName;
	idKey: string;
	/** The archive's column with the ids */
	idColumn: string;
	/** Column and field that records are found by */
	name: { column: string; field: string };
	fields: IDataObject;
	changes: IDataObject;
	canUndelete?: boolean;
}

/** A name with all that has ever broken a query or a path. */
export const awkwardName = `Åse & “Sønner” 100% 'O\\'Brien\\' #1 😀 ’;--`;

export const kinds: Kind[] = [
	{
		resource: 'company',
		entity: 'Contact',
		idKey: 'ContactId',
		idColumn: 'contactId',
		name: { column: 'name', field: 'Name' },
		fields: {
			Name: awkwardName,
			Department: 'Nord',
			Category: 'Customer',
			Business: 'Food & drink',
			Country: 'Denmark',
			Associate: 'KJ',
			Emails: 'post@aase.example, sales@aase.example',
			StreetAddress1: 'Storgata 1',
			StreetCity: 'Tromsø',
			Interests: 'Golf',
			NoMailing: true,
			'SuperOffice:1': 'Åse',
			'SuperOffice:2': 42,
			'SuperOffice:3': '2026-12-24',
			'SuperOffice:5': true,
			'SuperOffice:7': 'Gold',
			'SuperOffice:8': 12.5,
			x_score: 7,
		},
		changes: { Department: 'Sør', Category: 'Prospect', 'SuperOffice:7': 'Silver' },
		canUndelete: true,
	},
	{
		resource: 'person',
		entity: 'Person',
		idKey: 'PersonId',
		idColumn: 'personId',
		name: { column: 'lastName', field: 'Lastname' },
		fields: {
			Firstname: 'Zoë',
			Lastname: awkwardName,
			Contact: 1,
			Position: 'CEO',
			Emails: 'zoe@example.com',
			MobilePhones: '+47 900 00 000',
			'SuperOffice:7': 'Bronze',
		},
		changes: { Title: 'Head of "Things"', Position: 'IT manager' },
		canUndelete: true,
	},
	{
		resource: 'project',
		entity: 'Project',
		idKey: 'ProjectId',
		idColumn: 'projectId',
		name: { column: 'name', field: 'Name' },
		fields: {
			Name: awkwardName,
			ProjectType: 'Event',
			ProjectStatus: 'Planned',
			Associate: 'Kari Jensen',
			EndDate: '2027-03-31',
			'SuperOffice:2': 3,
		},
		changes: { ProjectStatus: 'Running' },
	},
	{
		resource: 'sale',
		entity: 'Sale',
		idKey: 'SaleId',
		idColumn: 'saleId',
		name: { column: 'heading', field: 'Heading' },
		fields: {
			Heading: awkwardName,
			Contact: 2,
			Amount: 1234.5,
			Currency: 'EUR',
			SaleType: 'Upgrade',
			Rating: 'Quote sent',
			Source: 'Website',
			Saledate: '2026-12-31',
			'SuperOffice:3': '2027-01-01',
		},
		changes: { Amount: 2000, Rating: 'Negotiation' },
	},
	{
		resource: 'appointment',
		entity: 'Appointment',
		idKey: 'AppointmentId',
		idColumn: 'appointmentId',
		name: { column: 'appointment/title', field: 'Title' },
		fields: {
			Title: awkwardName,
			Contact: 1,
			Task: 'Phone call',
			StartDate: '2026-12-01T09:00:00Z',
			EndDate: '2026-12-01T10:00:00Z',
			Location: 'Møterom',
		},
		changes: { Location: 'Online', EndDate: '2026-12-01T11:30:00Z' },
	},
	{
		resource: 'document',
		entity: 'Document',
		idKey: 'DocumentId',
		idColumn: 'documentId',
		name: { column: 'text', field: 'Header' },
		fields: {
			Header: awkwardName,
			Name: 'letter.docx',
			DocumentTemplate: 'Letter',
			Contact: 1,
			OurRef: 'A-1',
		},
		changes: { OurRef: 'A-2' },
	},
	{
		resource: 'request',
		entity: 'Ticket',
		idKey: 'TicketId',
		idColumn: 'ticketId',
		name: { column: 'title', field: 'Title' },
		fields: {
			Title: awkwardName,
			Category: 'Support',
			Priority: 'High',
			Person: 1,
			x_severity: 3,
		},
		changes: { Priority: 'Low', x_severity: 1 },
		canUndelete: true,
	},
	{
		resource: 'selection',
		entity: 'Selection',
		idKey: 'SelectionId',
		idColumn: 'selectionId',
		name: { column: 'name', field: 'Name' },
		fields: {
			Name: awkwardName,
			TargetTableName: 'contact',
			SelectionCategory: 'Marketing',
			Associate: 'ON',
		},
		changes: { Description: 'With "quotes"' },
	},
];
