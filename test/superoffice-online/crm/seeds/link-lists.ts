import type { ListItem } from '../store';

/** The lists of what connects records, by name of the MDO list in lower case. */
export function linkLists(): Map<string, ListItem[]> {
	return new Map<string, ListItem[]>([
		['pmembtype', named('NO:"Prosjektleder";US:"Project manager"', 'Sponsor', 'Participant')],
		['stakeholderrole', named('Decision maker', 'Influencer', 'User')],
		[
			'relationdefinition',
			[
				definition(1, 'owns', 'is owned by', 'Contact', 'Contact'),
				definition(2, 'works for', 'employs', 'Person', 'Contact'),
				definition(3, 'advises', 'is advised by', 'Both', 'Both'),
				definition(4, 'is married to', 'is married to', 'Person', 'Person'),
			],
		],
	]);
}

function named(...names: string[]): ListItem[] {
	return names.map((name, index) => ({ id: index + 1, name, rank: index + 1 }));
}

function definition(
	id: number,
	name: string,
	extraInfo: string,
	...[source, destination]: Array<NonNullable<ListItem['relates']>['source']>
): ListItem {
	return {
		id,
		name,
		extraInfo,
		rank: id,
		relates: { source: source!, destination: destination! },
	};
}
