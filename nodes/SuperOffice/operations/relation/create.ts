import type { IDataObject } from 'n8n-workflow';

import {
	companiesOfPersons,
	createRelation,
	isEmpty,
	readText,
	resolveDefinition,
	simplifyRelation,
	SuperOfficeError,
	type CrmSession,
	type NewRelation,
} from '../../../../superoffice';
import { callOptions } from '../../options';
import { prepareItems } from '../../prepare-items';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { readRelated, relatedProperties, type RelatedRecord } from './related-record';

const source: RelatedRecord = {
	typeParameter: 'sourceType',
	idParameter: 'sourceId',
	typeLabel: 'Source Type',
	suffix: ' (Source)',
};

const target: RelatedRecord = {
	typeParameter: 'targetType',
	idParameter: 'targetId',
	typeLabel: 'Target Type',
	suffix: ' (Target)',
};

/** What one item asks for. */
interface Request extends NewRelation {
	session: CrmSession;
}

export const createRelationOperation: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a relation between companies or contact persons',
	action: 'Create a relation',
	properties: [
		...relatedProperties(source),
		{
			displayName: 'Relation Definition Name or ID',
			name: 'relationDefinition',
			type: 'options',
			required: true,
			typeOptions: {
				loadOptionsMethod: 'getRelationDefinitions',
				loadOptionsDependsOn: [source.typeParameter, target.typeParameter],
			},
			default: '',
			description:
				'What the source is to the target. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		...relatedProperties(target),
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			default: '',
			description: 'A text that SuperOffice shows with the relation',
		},
		callOptions(),
	],
	async execute(context) {
		const run = new Run(context);
		const prepared = await prepareItems(context, async (item) => await readRequest(run, item));
		const companies = new Map<CrmSession, Promise<Map<number, number>>>();
		const companiesIn = async (session: CrmSession) => {
			const own = prepared.flatMap((one) =>
				one instanceof Error || one.session !== session ? [] : [one.source, one.target],
			);
			const persons = own.filter(({ type }) => type === 'person').map(({ id }) => id);
			const known = companies.get(session) ?? companiesOfPersons(session, persons);
			companies.set(session, known);
			return await known;
		};
		return await runItems(context, async (item) => {
			const request = prepared[item]!;
			if (request instanceof Error) throw request;
			const known = await companiesIn(request.session);
			const created = await createRelation(request.session, request, known);
			return [simplifyRelation(created) as IDataObject];
		});
	},
};

async function readRequest(run: Run, item: number): Promise<Request> {
	const { context } = run;
	const session = await run.sessionFor(item);
	const ends = {
		source: readRelated(run, item, session, source),
		target: readRelated(run, item, session, target),
	};
	const definition: unknown = context.getNodeParameter('relationDefinition', item, '');
	if (isEmpty(definition)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'No relation definition is chosen.',
			'Choose a relation definition from the list, or enter its name or its ID.',
		);
	}
	const comment: unknown = context.getNodeParameter('comment', item, '');
	return {
		session,
		...ends,
		definitionId: await resolveDefinition(session, ends.source.type, ends.target.type, definition),
		comment: isEmpty(comment) ? undefined : readText('Comment', comment),
	};
}
