import type { ListItem } from '../store';
import { SEGMENTS } from './custom-fields';

/** Items with the ids 1, 2, 3... */
function items(...names: string[]): ListItem[] {
	return names.map((name, index) => ({ id: index + 1, name, rank: index + 1 }));
}

/** A name in Norwegian and in English, as it is stored. */
function twoLanguages(norwegian: string, english: string): string {
	return `NO:"${norwegian}";US:"${english}"`;
}

const STAGES: ReadonlyArray<readonly [string, number]> = [
	[twoLanguages('Første møte', 'First meeting'), 10],
	['Needs analysis', 30],
	['Quote sent', 60],
	['Negotiation', 80],
];
const TICKET_STATUSES = ['Active', 'Closed', 'Postponed'];

/** The lists that every tenant starts with, by name of the MDO list in lower case. */
export function standardLists(): Map<string, ListItem[]> {
	const stages = STAGES.map(([name, probability], index) => ({
		id: index + 1,
		name,
		rank: index + 1,
		extraInfo: `Probability=${probability}`,
	}));
	return new Map<string, ListItem[]>([
		[
			'category',
			[
				...items(twoLanguages('Kunde', 'Customer'), 'Prospect', 'Supplier', 'Partner'),
				{ id: 5, name: 'Old customer', rank: 5, deleted: true },
			],
		],
		['business', items('IT', 'Food & drink', 'Retail', 'Finance', 'Consulting', 'Consulting')],
		['country', countries()],
		['currency', items('NOK', 'EUR', 'USD', 'GBP', 'SEK', 'DKK')],
		[
			'saletype',
			items('New sale', 'Upgrade', 'Subscription').map((item) => ({
				...item,
				extraInfo: '129600',
			})),
		],
		['prob', stages],
		['salestage', stages],
		['source', items('Trade fair', 'Website', 'Referral')],
		['reason', items('Price', 'Product', 'No budget')],
		['reasonsold', items('Best price', 'Good relationship')],
		['reasonstalled', items('Waiting for budget', 'Reorganisation')],
		['credited', items('Telemarketing', 'Partner')],
		['comptr', items('Acme CRM', 'Umbrella CRM')],
		['task', items(twoLanguages('Møte', 'Meeting'), 'Phone call', 'Follow-up', 'Lunch')],
		['priority', items('Low', 'Medium', 'High')],
		['projectstatus', items('Planned', 'Running', 'Finished')],
		['projecttype', items('Implementation', 'Event', 'Internal project')],
		['perspos', items('CEO', 'Sales manager', 'IT manager')],
		['mrmrs', items('Mr', 'Ms', 'Dr')],
		['ticketpriority', items('Low', 'Medium', 'High')],
		[
			'ticketstatus',
			items('Open', 'Closed', 'Waiting').map((item, index) => ({
				...item,
				extraInfo: TICKET_STATUSES[index],
			})),
		],
		[
			'tickettype',
			items('Question', 'Complaint').map((item, index) => ({
				...item,
				extraInfo: `isDefault=${index === 0}&defaultStatus=1&defaultPriority=2`,
			})),
		],
		[
			'ejcategory',
			(
				[
					['Support', 0],
					['Support/Hardware', 1],
					['Support/Software', 1],
					['Sales', 0],
				] as const
			).map(([name, parentId], index) => ({
				id: index + 1,
				name,
				rank: index + 1,
				extraInfo: `parentId=${parentId}&replyTemplateId=0`,
			})),
		],
		['doctmpl', headed('Letters', items('Letter', 'Quote', 'Minutes'))],
		['searchcat', items('Marketing', 'Sales', 'Other')],
		['associate', associates()],
		['usergroup', items('Sales', 'Marketing')],
		['contint', items('Newsletter', 'Golf', 'Christmas card')],
		['persint', items('Newsletter', 'Wine', 'Skiing')],
		['shipmenttype', items('Newsletter', 'Event invitation')],
		['customerlanguage', items('Norwegian', 'English', 'German')],
		[`udlist${SEGMENTS}`, items('Gold', 'Silver', 'Bronze')],
	]);
}

function headed(heading: string, children: ListItem[]): ListItem[] {
	return [{ id: -1, name: heading, children }];
}

function countries(): ListItem[] {
	const names: Array<[number, string]> = [
		[578, 'Norway'],
		[208, 'Denmark'],
		[752, 'Sweden'],
		[826, 'United Kingdom'],
		[528, 'Netherlands'],
		[276, 'Germany'],
	];
	return names.map(([id, name], index) => ({ id, name, rank: index + 1 }));
}

function associates(): ListItem[] {
	const associates: ListItem[] = [
		{ id: 2, name: 'System User', tooltip: 'SYSTEM' },
		{ id: 4, name: 'Kari Jensen', tooltip: 'KJ' },
		{ id: 5, name: 'Ola Nordmann', tooltip: 'ON' },
		{ id: 7, name: 'Per Retired', tooltip: 'PR', deleted: true },
	];
	return associates.map((associate, index) => ({
		...associate,
		rank: index + 1,
		extraInfo: 'person_id=0&contact_id=1',
	}));
}
