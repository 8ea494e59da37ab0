import type { INodeProperties } from 'n8n-workflow';

import { isEmpty, mergeRecords, readBoolean, toUtc, type Entity } from '../../../../superoffice';
import { callOptions } from '../../options';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';
import { readTwoRecords, twoRecordsProperties } from './two-records';

export const merge: RecordOperation = {
	value: 'merge',
	name: 'Merge',
	description: ({ plural }) => `Make two ${plural} one: what belongs to one moves to the other`,
	action: ({ plural }) => `Merge two ${plural}`,
	isFor: (entity) => entity.merge !== undefined,
	properties: (entity) => [...twoRecordsProperties(entity), callOptions(mergeOptions(entity))],
	async execute(run) {
		const { context, entity } = run;
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const records = readTwoRecords(run, item, session);
			const { moveAfterDate, ...others } = run.options(item);
			// An expression that comes to nothing must not delete what was to be kept.
			const flag = (name: string, label: string) =>
				Object.hasOwn(others, name) ? readBoolean(label, others[name]) : undefined;
			await mergeRecords(session, entity, records, {
				identicalPersons: flag('mergeIdenticalPersons', 'Merge Identical Persons'),
				replaceEmptyFields: flag('replaceEmptyFields', 'Replace Empty Fields'),
				deleteSource: flag('deleteSource', 'Delete Source'),
				moveAfterDate: isEmpty(moveAfterDate)
					? undefined
					: toUtc(moveAfterDate, session.timeZone, 'Move After Date'),
			});
			return [{ merged: true, id: records.source, targetId: records.target }];
		};
		// The record that stays in one item can be the one that goes in the next.
		return await runItems(context, handle, () => 'all');
	},
};

function mergeOptions({ merge: takes = {} }: Entity): INodeProperties[] {
	const options: INodeProperties[] = [];
	if (takes.deleteSource) {
		options.push({
			displayName: 'Delete Source',
			name: 'deleteSource',
			type: 'boolean',
			default: true,
			description: 'Whether to delete the contact person that goes',
		});
	}
	if (takes.identicalPersons) {
		options.push({
			displayName: 'Merge Identical Persons',
			name: 'mergeIdenticalPersons',
			type: 'boolean',
			default: false,
			description: 'Whether to merge contact persons that are in both companies as well',
		});
	}
	if (takes.moveAfterDate) {
		options.push({
			displayName: 'Move After Date',
			name: 'moveAfterDate',
			type: 'dateTime',
			default: '',
			description: 'From when on activities are moved; now if empty',
		});
	}
	options.push({
		displayName: 'Replace Empty Fields',
		name: 'replaceEmptyFields',
		type: 'boolean',
		default: false,
		description: 'Whether to fill in fields that are empty in the record that stays',
	});
	return options;
}
