import type { CustomFieldDefinition, EntityName } from '../store';
import type { Context } from './context';
import { emptyCustomField } from './custom-fields';

/** GET .../UdefLayout/Published: the user-defined fields of an entity; with a ProgId or label, that one alone. */
export function publishedLayout(context: Context, only?: string): object[] {
	return context.customFields
		.filter(({ key }) => !key.startsWith('x_'))
		.filter(({ key, label }) => isNamed([key, label], only))
		.map((field, index) => layoutField(context.entity, field, index));
}

/** GET .../CustomField: all custom fields of an entity, extra fields included. It names no lists. */
export function customFieldInfos(context: Context, only?: string): object[] {
	return context.customFields
		.filter(({ key }) => isNamed([key], only))
		.map((field, index) => ({
			FieldType: INFO_TYPES[field.type] ?? field.type,
			FieldName: field.key,
			DisplayName: context.translate(field.label),
			Description: '',
			ShortLabel: '',
			HideLabel: false,
			HideField: false,
			IsIndexed: false,
			IsMandatory: field.mandatory ?? false,
			IsReadOnly: false,
			IsExternal: false,
			IsDisplayField: false,
			Rank: index + 1,
			TemplateVariableName: '',
		}));
}

/** The words of the second list for the types of the first, where they differ. */
const INFO_TYPES: Partial<Record<CustomFieldDefinition['type'], string>> = {
	Number: 'Integer',
	List: 'MdoList',
	UnlimitedDate: 'Date',
};

function layoutField(entity: EntityName, field: CustomFieldDefinition, index: number): object {
	return {
		UDefFieldId: 500 + index,
		ColumnId: 9000 + index,
		FieldDefault: emptyCustomField(field),
		FieldHeight: 0,
		FieldLabel: field.label,
		FieldLeft: 0,
		FieldTop: 0,
		FieldType: field.type,
		FieldWidth: 0,
		FormatMask: '',
		HideLabel: false,
		IsIndexed: false,
		LabelHeight: 0,
		LabelLeft: 0,
		LabelTop: 0,
		LabelWidth: 0,
		LastVersionId: 0,
		ListTableId: 0,
		IsMandatory: field.mandatory ?? false,
		Type: entity,
		Page1LineNo: index + 1,
		ProgId: field.key,
		IsReadOnly: false,
		ShortLabel: '',
		TabOrder: index + 1,
		TextLength: field.maxLength ?? 0,
		Tooltip: '',
		UdefIdentity: index + 1,
		UDListDefinitionId: field.listId ?? 0,
		Justification: 'Left',
		Version: 1,
		TemplateVariableName: '',
		HasBeenPublished: true,
		MdoListName: null,
	};
}

function isNamed(names: string[], wanted: string | undefined): boolean {
	if (wanted === undefined) return true;
	return names.some((name) => name.toLowerCase() === wanted.toLowerCase());
}
