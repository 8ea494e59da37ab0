import {
	choice,
	date,
	equal,
	filled,
	flag,
	id,
	named,
	number,
	one,
	stamps,
	text,
	urls,
	user,
	type Sources,
} from './sources';

const SALE_STATUS = { Open: 1, Sold: 2, Lost: 3, Stalled: 4 };
const BASE_STATUS = { Active: 1, Closed: 2, Postponed: 3, Deleted: 4, Merged: 5, Spam: 6 };
const ORIGINS = {
	Email: 1,
	SMS: 2,
	Phone: 4,
	Internal: 7,
	CustomerCentre: 8,
	Chat: 11,
	Form: 12,
	API: 13,
};
const LEVELS = { Internal: 1, External: 2 };

/** What a sale, an appointment and a document refer to. */
const references: Sources = {
	associateId: user('Associate'),
	contactId: number('Contact'),
	personId: number('Person'),
	projectId: number('Project'),
	saleId: number('Sale'),
	...stamps(),
};
const completed = equal('Completed', 'Completed');

export const projectColumns: Sources = {
	projectId: id,
	name: text('Name'),
	number: text('ProjectNumber'),
	type: choice('ProjectType', 'projecttype'),
	status: choice('ProjectStatus', 'projectstatus'),
	associateId: user('Associate'),
	completed: flag('Completed'),
	hasInfoText: filled('Postit'),
	text: text('Description'),
	description: text('Description'),
	nextMilestone: date('NextMilestoneDate'),
	startDate: date('StartDate'),
	endDate: date('EndDate'),
	...stamps(),
	...urls('projectUrl', 'Urls'),
	'project/infoText': text('Postit'),
};

export const saleColumns: Sources = {
	...references,
	saleId: id,
	completed,
	date: date('Saledate'),
	heading: text('Heading'),
	text: text('Heading'),
	description: text('SaleText'),
	'sale/description': text('SaleText'),
	saleNumber: text('Number'),
	amount: number('Amount'),
	amountWeighted: one(
		({ values: { Amount, Probability } }) => (Number(Amount ?? 0) * Number(Probability ?? 0)) / 100,
	),
	earning: number('Earning'),
	earningPercent: number('EarningPercent'),
	probPercent: number('Probability'),
	currency: choice('Currency', 'currency'),
	currencyId: number('Currency'),
	stage: choice('Rating', 'prob'),
	stageName: choice('Rating', 'prob'),
	stageId: number('Rating'),
	saleStatus: named('Status', 'salestatus', SALE_STATUS),
	saleType: choice('SaleType', 'saletype'),
	saleTypeId: number('SaleType'),
	stakeholdersEnabled: one(({ values }, { database }) =>
		database.typesWithStakeholders.has(Number(values.SaleType)),
	),
	source: choice('Source', 'source'),
	competitor: choice('Competitor', 'comptr'),
	credited: choice('Credited', 'credited'),
	lossReason: choice('Reason', 'reason'),
	soldReason: choice('ReasonSold', 'reasonsold'),
	stalledComment: choice('ReasonStalled', 'reasonstalled'),
	nextDueDate: date('NextDueDate'),
	reopenDate: date('ReopenDate'),
};

export const appointmentColumns: Sources = {
	...references,
	appointmentId: id,
	completed,
	date: date('StartDate'),
	endDate: date('EndDate'),
	type: choice('Task', 'task'),
	recordType: text('Type'),
	text: text('Description'),
	priority: choice('Priority', 'priority'),
	alarm: flag('HasAlarm'),
	isFree: flag('IsFree'),
	isMilestone: flag('IsMileStone'),
	location: text('Location'),
	invitedPersonId: number('InvitedPerson'),
	'appointment/title': text('Title'),
	'appointment/description': text('Description'),
	'appointment/agenda': text('Agenda'),
	'appointment/internalNotes': text('InternalNotes'),
};

export const documentColumns: Sources = {
	...references,
	documentId: id,
	completed,
	date: date('Date'),
	type: choice('DocumentTemplate', 'doctmpl'),
	recordType: text('Type'),
	text: text('Header'),
	subject: text('Header'),
	name: text('Name'),
	ourref: text('OurRef'),
	yourref: text('YourRef'),
	attention: text('Attention'),
	snum: number('Snum'),
	'document/description': text('Description'),
};

export const selectionColumns: Sources = {
	selectionId: id,
	name: text('Name'),
	type: named('SelectionType', 'selectiontype', { Static: 0, Dynamic: 1, Combined: 2 }),
	kind: choice('SelectionCategory', 'searchcat'),
	targetTableNumber: number('TargetTableNumber'),
	associateId: user('Associate'),
	done: flag('Completed'),
	memberCount: number('MemberCount'),
	...stamps(),
};

export const ticketColumns: Sources = {
	ticketId: id,
	title: text('Title'),
	author: text('Author'),
	contactId: one(({ values }, { database }) => {
		const person = database.findEvenDeleted('Person', Number(values.Person));
		return Number(person?.values.Contact ?? 0);
	}),
	personId: number('Person'),
	saleId: number('Sale'),
	projectId: number('Project'),
	ticketStatusId: number('Status'),
	ticketStatusName: choice('Status', 'ticketstatus'),
	priorityId: number('Priority'),
	priorityName: choice('Priority', 'ticketpriority'),
	categoryId: number('Category'),
	categoryFullName: choice('Category', 'ejcategory'),
	ticketTypeName: choice('TicketType', 'tickettype'),
	ownedBy: user('OwnedBy'),
	createdBy: stamps().registeredBy!,
	createdAt: one(({ createdAt }) => createdAt),
	createdDate: one(({ createdAt }) => createdAt),
	lastChanged: one(({ updatedAt }) => updatedAt),
	repliedAt: date('RepliedAt'),
	closedAt: date('ClosedAt'),
	activated: date('Activate'),
	deadline: date('Deadline'),
	status: named('BaseStatus', 'ticketbasestatus', BASE_STATUS),
	origin: named('Origin', 'ticketorigin', ORIGINS),
	slevel: named('Slevel', 'ticketslevel', LEVELS),
	has_attachment: flag('HasAttachment'),
	numberOfMessages: number('NumMessages'),
	numberOfReplies: number('NumReplies'),
	connectId: number('ConnectId'),
	'ticketStatus/ticketStatusId': number('Status'),
	'ticketStatus/name': choice('Status', 'ticketstatus'),
	'ticketPriority/ticketPriorityId': number('Priority'),
	'ticketPriority/name': choice('Priority', 'ticketpriority'),
};

export const ticketMessageColumns: Sources = {
	ticketMessageId: id,
	ticketId: number('Ticket'),
	author: text('Author'),
	createdAt: one(({ createdAt }) => createdAt),
	body: text('Body'),
	htmlBody: text('HtmlBody'),
	header: text('EmailHeader'),
	messageId: text('MessageId'),
	important: flag('Important'),
	slevel: named('Slevel', 'ticketslevel', LEVELS),
	timeSpent: number('TimeSpent'),
};

/** Of a user's record, which has the properties of the list item. */
export const userColumns: Sources = {
	associateDbId: id,
	assocName: one(({ id: userId, values }) => ({ id: userId, text: String(values.tooltip) })),
	fullName: text('name'),
	firstName: one(({ values }) => String(values.name).split(' ')[0]!),
	lastName: one(({ values }) => String(values.name).split(' ').slice(1).join(' ')),
	ejDisplayName: text('name'),
	userName: one(({ values }, { tenant }) =>
		`${values.tooltip}@${tenant.contextIdentifier}.example`.toLowerCase(),
	),
	contactId: one(() => 1),
	contactName: one((_, { tenant }) => tenant.companyName),
	contactFullName: one((_, { tenant }) => tenant.companyName),
	isActive: one(({ values }) => !values.deleted),
	canLogin: one(({ values }) => !values.deleted),
};
