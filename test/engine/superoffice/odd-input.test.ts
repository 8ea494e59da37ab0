import type { IDataObject, INode } from 'n8n-workflow';

import { chain } from '../support/workflows';
import { byId, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const continues = { onError: 'continueRegularOutput' } as const;

/** Runs a node that continues on failure: what each item comes to, or its message. */
async function each(run: INode, triggerItems: IDataObject[]) {
	const { output, error } = await node.n8n.engine.run(chain({ ...run, ...continues }), {
		triggerItems,
	});
	expect(error?.message).toBeUndefined();
	return output('SuperOffice').map(({ json }) => json);
}

const updateEach = (items: IDataObject[], id = 1) =>
	each(
		operation('company', 'update', { recordId: byId(id), fields: mappedAutomatically() }),
		items,
	);

describe('A cell', () => {
	const zeroWidth = '\u200b';
	const noBreak = '\u00a0';

	// As fields take it, by what is read afterwards.
	test.each<[string, unknown[], unknown]>([
		[
			'Category',
			['prospect', ` Prospect${noBreak}`, `Pros${zeroWidth}pect`, 2, '2', 2.0],
			'Prospect',
		],
		['Business', [`Food${noBreak}&  drink`, 'FOOD & DRINK'], 'Food & drink'],
		['SuperOffice:7', ['', ' ', noBreak, zeroWidth, 0], ''],
		['Interests', ['golf\n', [`Golf${zeroWidth}`]], 'Golf'],
		[
			'Emails',
			['a@x.example; b@x.example', 'a@x.example;b@x.example;', 'a@x.example\nb@x.example'],
			'a@x.example, b@x.example',
		],
		['Phones', [4722334455, '4722334455', [4722334455]], '4722334455'],
		['Urls', ['https://x.example/a;b=1'], 'https://x.example/a;b=1'],
		['NoMailing', [true, 'TRUE', 1, '1', ` true${noBreak}`], true],
		['NoMailing', [false, 'False', 0, '0', '', ' '], false],
		['OrgNr', [987654321, '987654321'], '987654321'],
		['SuperOffice:2', ['42', 42.0, ` 42${noBreak}`], 42],
		['SuperOffice:8', ['1234.50', 1234.5, '01234.5'], 1234.5],
		[
			'SuperOffice:3',
			['2026-12-24T10:00:00+02:00', new Date('2026-12-24'), '2026-12-24 00:00'],
			'2026-12-24',
		],
	])('of %s is taken: %j', async (field, values, read) => {
		const changed = await updateEach(values.map((value) => ({ [field]: value }) as IDataObject));
		expect(changed.map((json) => json[field] ?? json.error)).toEqual(values.map(() => read));
	});

	const objects = [{}, { a: 1 }, [{ a: 1 }], [null], new Date('2026-12-24')];
	const noText = [NaN, Infinity, ...objects];
	test.each<[string, string, unknown[]]>([
		['Name', 'Company Name', noText],
		['Domains', 'Domains', noText],
		['Emails', 'Email', [true, ...noText]],
		['Interests', 'Interests', [-1, '12.0', ...noText]],
		['Category', 'Category', [true, 'true', [1], [], -1, '-1', '0', '12.0', 1.5, ...noText]],
		['Associate', 'Our Contact', [-1, '12.0', ...noText]],
		['SupportPerson', 'User Support Contact', [-1, '0', '12.0', ...noText]],
		['CategoryId', 'Category', ['x', '12.0', -1, 1.5, true, ...noText]],
		['SupportPersonId', 'User Support Contact', ['x', -1, ...noText]],
		['NoMailing', 'No Mailings', ['yes', 2, [true], [], ...noText]],
		['SuperOffice:1', 'Nickname', ['x'.repeat(21), [], ...noText]],
		['SuperOffice:2', 'Number of Seats', ['1 234', '12.0', '12%', 1.5, true, ...noText]],
		['SuperOffice:8', 'Discount', ['1 234,50', '12%', '9'.repeat(400), true, ...noText]],
		['SuperOffice:3', 'Contract Date', ['24.12.2026', 46380, '46380', true, NaN, {}, '2026-02-30']],
		['SuperOffice:5', 'Reference Customer', ['no', -1, [1], ...noText]],
		['SuperOffice:7', 'Segment', [true, [1], 99, ...noText]],
	])(
		'of %s is refused by its label, %s, before anything is written: %j',
		async (field, label, values) => {
			const items = values.map((value) => ({ [field]: value }) as IDataObject);
			const errors = await updateEach(items);
			expect(errors.map(({ error }) => error)).toEqual(
				values.map(() => expect.stringMatching(new RegExp(`^${label}\\b`)) as unknown),
			);
			expect(node.writes()).toEqual([]);
		},
	);
});
