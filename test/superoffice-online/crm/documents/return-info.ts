/** What came of an action, as SuperOffice answers it with status 200. */
export function returnInfo(success: boolean, text = '') {
	return {
		ExternalReference: '',
		VersionId: '',
		Success: success,
		Type: text === '' ? 'None' : 'Message',
		Value: text,
		AdditionalInfo: '',
	};
}
