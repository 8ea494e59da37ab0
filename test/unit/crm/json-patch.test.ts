import { patchOperations } from '../../../superoffice/crm/json-patch';

describe('a JSON Patch', () => {
	test('replaces what changes, in the order given', () => {
		const street = { Address1: 'Main Street 1', City: 'Oslo' };
		expect(
			patchOperations([
				{ path: 'Name', value: 'Acme' },
				{ path: 'Category/Id', value: 2 },
				{ path: 'Address/Street', value: street },
				{ path: 'CustomFields/SuperOffice:7', value: '[I:3]' },
			]),
		).toEqual([
			{ op: 'replace', path: 'Name', value: 'Acme' },
			{ op: 'replace', path: 'Category/Id', value: 2 },
			{ op: 'replace', path: 'Address/Street', value: street },
			{ op: 'replace', path: 'CustomFields/SuperOffice:7', value: '[I:3]' },
		]);
	});

	test('takes the key of a custom field for one step, even with ~ and / in it', () => {
		const [operation] = patchOperations([{ path: 'CustomFields/My~App/field', value: 'x' }]);
		expect(operation?.path).toBe('CustomFields/My~0App~1field');
	});

	test('has one operation for a path', () => {
		const changes = [1, 2].map((value) => ({ path: 'Category/Id', value }));
		expect(patchOperations(changes)).toEqual([{ op: 'replace', path: 'Category/Id', value: 2 }]);
	});
});
