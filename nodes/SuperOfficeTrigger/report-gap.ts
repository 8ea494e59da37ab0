import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';

import { describeError } from '../../n8n/errors';
import type { Gap } from '../../superoffice';
import { catchUp } from './catch-up';

/** The node's parameters, as far as looking after its webhook needs them. */
export interface WatchParameters {
	events: string[];
	mayCatchUp: boolean;
}

/** What the item on the output Gap has as its `event`. */
export const gapEvent = 'trigger.gap';

/** Starts the workflow with the time that the webhook did not work, and with what changed meanwhile, if that is wanted. */
export async function reportGap(
	context: ITriggerFunctions,
	gap: Gap,
	{ events: wanted, mayCatchUp }: WatchParameters,
): Promise<void> {
	const { from, to, reason, lastError } = gap;
	const report: IDataObject = {
		event: gapEvent,
		from,
		to,
		reason,
		lastError,
		message: sentence(gap),
	};
	context.logger.warn(`${context.getNode().name}: ${String(report.message)}`);
	const items: IDataObject[] = [report];
	if (mayCatchUp) {
		try {
			const { events, notCaughtUp } = await catchUp(context, gap, wanted);
			items.push(...events);
			Object.assign(report, { caughtUp: events.length, notCaughtUp });
		} catch (error) {
			report.catchUpError = describeError(error);
		}
	}
	context.emit([items.map((json) => ({ json }))]);
}

function sentence({ from, to, reason, lastError }: Gap): string {
	const when = from === undefined ? `until ${to}` : `from ${from} to ${to}`;
	const why = {
		stopped: 'The webhook had been stopped in SuperOffice',
		deleted: 'SuperOffice no longer had a webhook for this address',
		refused: 'Events were refused, as the credential’s Client Secret had changed',
	}[reason];
	const said = lastError === undefined ? '' : ` (“${lastError.slice(0, 200)}”)`;
	return `${why}${said}. It is there again. Events may be missing ${when}.`;
}
