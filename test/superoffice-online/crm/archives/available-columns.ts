import { operatorsOf } from './operators';
import type { Column, Provider } from './providers';
import type { Reading } from './reading';

/** All columns of a provider, as the agent method GetAvailableColumns lists them. */
export function availableColumns(provider: Provider, reading: Reading): object[] {
	return provider.columns(reading.database).map(columnInfo);
}

function columnInfo({ name, label, type, orderable, list }: Column) {
	return {
		DisplayName: label,
		DisplayTooltip: label,
		DisplayType: type === '-' ? 'string' : type,
		CanOrderBy: orderable,
		Name: name,
		CanRestrictBy: type !== '-',
		RestrictionType: type === '-' ? '' : type,
		RestrictionListName: list ?? '',
		IsVisible: true,
		ExtraInfo: '',
		Width: '10c',
		IconHint: '',
		HeadingIconHint: '',
	};
}

/** The operators of a restriction type, as items of the MDO list restrictionOperators. */
export function operatorItems(type: string): Array<{ operator: string; values: string }> {
	return Object.entries(operatorsOf(type))
		.filter(([operator]) => !ALIASES.includes(operator))
		.map(([operator, { values }]) => ({ operator, values }));
}

/** What samples write instead of an operator's name. */
const ALIASES = ['=', 'eq', 'ne', 'gt', 'lt'];
