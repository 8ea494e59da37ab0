import type { INodeProperties } from 'n8n-workflow';

import { readOption, type CrmSession, type RelationEnd } from '../../../../superoffice';
import { recordIdProperty } from '../../parameters';
import { entities } from '../../resources/entities';
import type { Run } from '../../run';
import { relatedTypes } from './relation';

/** What asks for a company or a contact person: for its kind, and then for the record. */
export interface RelatedRecord {
	typeParameter: string;
	idParameter: string;
	typeLabel: string;
	/** Behind the label of the kind: `Company`, `Company (Target)`. */
	suffix?: string;
}

const searchMethods = { company: 'searchCompanies', person: 'searchPersons' } as const;

export function relatedProperties({
	typeParameter,
	idParameter,
	typeLabel,
	suffix = '',
}: RelatedRecord): INodeProperties[] {
	const types = ['company', 'person'] as const;
	return [
		{
			displayName: typeLabel,
			name: typeParameter,
			type: 'options',
			options: relatedTypes.map(({ value, label }) => ({ name: label, value })),
			default: 'company',
			description: 'What kind of record it is',
		},
		...types.map((type): INodeProperties => {
			const property = recordIdProperty(entities[type], searchMethods[type]);
			return {
				...property,
				displayName: property.displayName + suffix,
				name: idParameter,
				displayOptions: { show: { [typeParameter]: [type] } },
			};
		}),
	];
}

/** @throws SuperOfficeError `INVALID_INPUT` */
export function readRelated(
	run: Run,
	item: number,
	session: CrmSession,
	{ typeParameter, idParameter, typeLabel }: RelatedRecord,
): RelationEnd {
	const given = run.context.getNodeParameter(typeParameter, item, 'company');
	const option = { label: typeLabel, values: relatedTypes };
	const type = readOption(option, given) as RelationEnd['type'];
	return { type, id: run.recordIdIn(idParameter, item, entities[type], session) };
}
