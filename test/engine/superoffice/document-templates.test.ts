import type { IDataObject } from 'n8n-workflow';

import { mapped, operation } from './node';
import { useDocuments } from './use-documents';

const node = useDocuments();

describe('a document from a template', () => {
	const create = (options: IDataObject = {}) =>
		operation('document', 'createFromTemplate', {
			fields: mapped({
				...{ Header: 'Offer', Name: 'offer.docx', DocumentTemplate: 'Letter' },
				...{ Contact: 2, Person: 1 },
			}),
			options: options as never,
		});

	test('has the template’s content, filled in for whom it is', async () => {
		const tags = {
			tag: [
				{ name: 'tag4', value: 'Åse' },
				{ name: 'numb', value: 5 },
			],
		};
		const [output] = await node.run(create({ culture: 'nb-NO', tags }));
		expect(output!.json).toMatchObject({ Name: 'offer.docx', Header: 'Offer' });
		const content = node.contentOf(output!.json.DocumentId as number)!.toString();
		expect(content.split('\n')).toEqual([
			...['template=Letter', 'culture=nb-NO', 'contactId=2', 'personId=1'],
			...['tag4=Åse', 'numb=5'],
		]);
	});

	test('needs neither language nor tags', async () => {
		const [output] = await node.run(create());
		expect(node.contentOf(output!.json.DocumentId as number)!.toString()).toContain('Letter');
	});

	test('is refused with a tag that no template has, before anything is made', async () => {
		const tags = { tag: [{ name: 'customer', value: 'x' }] };
		const refusal = await node.refused(create({ tags }));
		expect(refusal).toMatch(/^Template Tags: “customer” .*\n.*four characters/);
		expect(node.documents()).toEqual([]);
	});

	test('is deleted again if there is no content for it', async () => {
		node.fail({ method: 'POST' });
		expect(await node.refused(create())).toContain('was deleted again');
		expect(node.documents()).toEqual([]);
	});
});
