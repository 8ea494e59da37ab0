import { SYSTEM_USER, type EntityName, type StoredRecord } from '../store';
import type { Context } from './context';

const HOUR = 60 * 60 * 1000;

/** A new record as SuperOffice fills it in beforehand. It has id 0. */
export function defaultRecord({ entity, database }: Context): StoredRecord {
	const now = database.clock.now();
	return {
		...emptyRecord(now),
		values: valuesOf(entity, now),
	};
}

/** A record with nothing in it. */
export function emptyRecord(now: Date): StoredRecord {
	return {
		id: 0,
		values: {},
		customFields: {},
		createdAt: now,
		updatedAt: now,
		createdBy: SYSTEM_USER,
		updatedBy: SYSTEM_USER,
	};
}

function valuesOf(entity: EntityName, now: Date): Record<string, unknown> {
	const Associate = SYSTEM_USER;
	switch (entity) {
		case 'Contact':
			return { Associate, Category: 1, Business: 1, Country: 578 };
		case 'Person':
			return { Associate, Category: 1, Business: 1, Country: 578 };
		case 'Project':
			return { Associate, ProjectType: 1, ProjectStatus: 1 };
		case 'Sale':
			return {
				Associate,
				Currency: 1,
				SaleType: 1,
				Rating: 1,
				Probability: 10,
				Status: 'Open',
				Completed: 'NotStarted',
				Saledate: now,
			};
		case 'Appointment':
			return {
				Associate,
				Task: 1,
				Priority: 2,
				Type: 'inDiary',
				Completed: 'NotStarted',
				StartDate: now,
				EndDate: new Date(now.getTime() + HOUR),
				AlarmLeadTime: '00:00:00',
				LagTime: '00:00:00',
				LeadTime: '00:00:00',
			};
		case 'Document':
			return { Associate, Type: 'Document', Completed: 'NotStarted', Date: now };
		case 'Ticket':
			return {
				Priority: 2,
				Status: 1,
				BaseStatus: 'Active',
				Slevel: 'External',
				Origin: 'API',
				TicketType: 1,
				ConnectId: -1,
			};
		case 'Selection':
			return { Associate, SelectionCategory: 1, SelectionType: 'Static' };
		default:
			return {};
	}
}
