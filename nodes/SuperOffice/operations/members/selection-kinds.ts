import { SuperOfficeError, type SelectionInfo } from '../../../../superoffice';
import { entities, type RecordResourceName } from '../../resources/entities';

/**
 * What a selection is of.
 *
 * @throws SuperOfficeError `INVALID_INPUT` for records that the node does not know
 */
export function kindOf({ id, target }: SelectionInfo): RecordResourceName {
	const names = Object.keys(entities) as RecordResourceName[];
	const found = names.find((name) => entities[name].name.toLowerCase() === target);
	if (found !== undefined) return found;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`The selection with the ID ${id} is of another kind of records (“${target}”) than this node knows.`,
		'Choose another selection.',
	);
}
