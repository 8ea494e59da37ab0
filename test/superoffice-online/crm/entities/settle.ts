import { illegal } from '../errors';
import { settleLink } from '../links/settle';
import type { Context } from './context';

type Values = Record<string, unknown>;

/** Database numbers of the tables that a selection can be of. */
const TABLE_NUMBERS: Record<string, number> = {
	contact: 5,
	person: 6,
	appointment: 9,
	document: 10,
	project: 11,
	sale: 13,
	selection: 23,
	ticket: 262,
};

/** Fills in what SuperOffice works out by itself from the properties that a request has set. */
export function settle(context: Context, values: Values, touched: ReadonlySet<string>): void {
	if (context.entity === 'Ticket') settleStatus(context, values, touched);
	if (context.entity === 'Selection') settleTarget(values);
	if (context.entity === 'Document') values.LockSemantics = context.tenant.settings.lockSemantics;
	settleLink(context, values);
}

/** The status of a request and its base status go together; where both are set, the status tells. */
function settleStatus({ database }: Context, values: Values, touched: ReadonlySet<string>): void {
	const statuses = database.listItems('ticketstatus');
	const status = statuses.find(({ id }) => id === values.Status);
	if (touched.has('Status') && status) values.BaseStatus = status.extraInfo;
	else if (touched.has('BaseStatus')) {
		values.Status = statuses.find(({ extraInfo }) => extraInfo === values.BaseStatus)?.id ?? 0;
	}
	values.ClosedAt =
		values.BaseStatus === 'Closed' ? (values.ClosedAt ?? database.clock.now()) : null;
}

/** The table of a selection has a name and a number, of which one is enough. */
function settleTarget(values: Values): void {
	const name = String(values.TargetTableName ?? '').toLowerCase();
	const number = Number(values.TargetTableNumber ?? 0);
	if (name === '' && number === 0) return;
	const fitting = Object.entries(TABLE_NUMBERS).find(
		([table, tableNumber]) =>
			(name === '' || table === name) && (number === 0 || tableNumber === number),
	);
	if (!fitting)
		throw illegal('TargetTableName: there is no such table, or TargetTableNumber is another');
	[values.TargetTableName, values.TargetTableNumber] = fitting;
}
