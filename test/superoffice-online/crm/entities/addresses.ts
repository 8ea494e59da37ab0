import { illegal } from '../errors';
import type { EntityName } from '../store';

const LINES = ['Address1', 'Address2', 'Address3', 'City', 'County', 'State', 'Zipcode'] as const;
type Lines = Partial<Record<(typeof LINES)[number], string>>;

/** The addresses of a company or a person, as they are stored. */
export interface StoredAddress {
	Street?: Lines;
	/** Companies only */
	Postal?: Lines;
}

const LONGEST_LINE = 254;

/** An address as an entity has it: Street and Postal, and all lines again as LocalizedAddress. */
export function renderAddress(entity: EntityName, address: StoredAddress): Record<string, unknown> {
	const one = (lines: Lines | undefined, type: string) => ({
		AtypeIdx: type,
		...Object.fromEntries(LINES.map((line) => [line, lines?.[line] ?? ''])),
		Formatted: formatted(lines),
	});
	const street = one(
		address.Street,
		entity === 'Person' ? 'PersonPrivateAddress' : 'ContactStreetAddress',
	);
	return {
		Wgs84Latitude: 0,
		Wgs84Longitude: 0,
		LocalizedAddress: [
			...localized(address.Street, 'Street'),
			...(entity === 'Person' ? [] : localized(address.Postal, 'Postal')),
		],
		Street: street,
		Postal: entity === 'Person' ? null : one(address.Postal, 'ContactPostalAddress'),
		Formatted: formatted(address.Street),
	};
}

/**
 * Reads a whole address: what is missing in it becomes empty. LocalizedAddress wins if it is not as it was.
 */
export function readAddress(
	entity: EntityName,
	current: StoredAddress,
	value: unknown,
): StoredAddress {
	if (value === null) return {};
	const address = readObject(value, 'Address');
	const known = renderAddress(entity, {});
	const unknown = Object.keys(address).find((name) => !(name in known));
	if (unknown !== undefined) throw illegal(`Address: unknown property '${unknown}'`);
	const now = renderAddress(entity, current);
	const { LocalizedAddress: rows } = address;
	if (rows && JSON.stringify(rows) !== JSON.stringify(now.LocalizedAddress)) {
		return readLocalized(rows);
	}
	if (entity === 'Person' && address.Postal) {
		throw illegal('Address/Postal: a person has a street address only');
	}
	return {
		Street: readLines(address.Street, 'Street'),
		Postal: readLines(address.Postal, 'Postal'),
	};
}

function readLines(value: unknown, where: string): Lines {
	if (value === undefined || value === null) return {};
	const given = readObject(value, `Address/${where}`);
	const unknown = Object.keys(given).find(
		(name) => !(LINES as readonly string[]).concat('AtypeIdx', 'Formatted').includes(name),
	);
	if (unknown !== undefined) throw illegal(`Address/${where}: unknown property '${unknown}'`);
	return Object.fromEntries(
		LINES.map((line) => [line, readLine(given[line] ?? '', `Address/${where}/${line}`)]),
	);
}

function readLine(value: unknown, where: string): string {
	if (typeof value !== 'string') throw illegal(`${where}: a text is expected`);
	if (value.length > LONGEST_LINE)
		throw illegal(`${where}: longer than ${LONGEST_LINE} characters`);
	return value;
}

function localized(lines: Lines | undefined, type: string): object[][] {
	return LINES.map((line) => [
		{
			Name: line,
			Value: lines?.[line] ?? '',
			Tooltip: '',
			Label: line,
			ValueLength: LONGEST_LINE,
			AddressType: type,
		},
	]);
}

function readLocalized(value: unknown): StoredAddress {
	if (!Array.isArray(value)) throw illegal('Address/LocalizedAddress: a list is expected');
	const address = { Street: {} as Lines, Postal: {} as Lines };
	for (const field of value.flat() as Array<Record<string, unknown>>) {
		const { Name: name, AddressType: type, Value: text = '' } = field ?? {};
		const lines = type === 'Street' || type === 'Postal' ? address[type] : undefined;
		if (!lines || !LINES.includes(name as (typeof LINES)[number])) {
			throw illegal(`Address/LocalizedAddress: unknown field '${String(name)}'`);
		}
		lines[name as (typeof LINES)[number]] = readLine(text, `Address/LocalizedAddress/${name}`);
	}
	return address;
}

function formatted(lines: Lines | undefined): string {
	return [lines?.Address1, lines?.Address2, lines?.Address3, lines?.Zipcode, lines?.City]
		.filter(Boolean)
		.join('\r\n');
}

function readObject(value: unknown, where: string): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw illegal(`${where}: an object is expected`);
	}
	return value as Record<string, unknown>;
}
