/**
 * SuperOffice CRM Online's system user flow in plain TypeScript: sign, exchange, verify, keep. It sends through a
 * function that it is handed.
 */
export { AuthState } from './auth-state';
export type { ExchangeProtocol, SystemUserCredentials } from './credentials';
export { allPages, apiPath, mayBeDone, type QueryParameter } from './crm/api-call';
export {
	archiveColumns,
	filterText,
	simplifyRow,
	type ArchiveColumn,
	type FilterCondition,
} from './crm/archive-columns';
export { archiveProviders, isDynamic, queryArchive } from './crm/archive-query';
export { archivePage, archiveRows, type ArchiveQuery, type ArchiveRow } from './crm/archive-rows';
export {
	attachmentsOf,
	hasAttachments,
	readAttachment,
	uploadAttachments,
	type Attachment,
} from './crm/attachments';
export { bulkTimeout, upsertRows, type RowResult } from './crm/bulk';
export { idKeyOf, type RecordInput } from './crm/changes';
export { changedRecords, newestRecord, type ChangeQuery } from './crm/changed-records';
export {
	changesSince,
	firstMark,
	type ChangeMark,
	type FoundChange,
	type TriggerOn,
} from './crm/changes-since';
export { changesBetween, type RecordChange } from './crm/changes-between';
export { CrmSession, type CrmCall, type CrmOptions, type CrmRequest } from './crm/crm-session';
export { fieldsOf, mandatoryFields } from './crm/custom-fields';
export {
	createFromTemplate,
	readContent,
	replaceContent,
	uploadDocument,
	type NewDocument,
	type Template,
} from './crm/documents';
export {
	fileCallTimeout,
	type ByteStream,
	type FileContent,
	type ReceiveContent,
} from './crm/file-content';
export { fileNameIn } from './crm/file-name';
export { toUtc } from './crm/dates';
export type { Entity, Field, FieldType, MemberLink } from './crm/entity';
export { existsAlready, findDuplicates } from './crm/duplicates';
export { existingRecords, noSuchRecords } from './crm/existing-records';
export { readOption } from './crm/field-values';
export { findMatches, tooManyMatches, type Match } from './crm/find-matches';
export { canMatch, identityOf, keyFieldsOf, keysOf, type Key, type KeyField } from './crm/key';
export { addMessage, messagesOf, type Message, type NewMessage } from './crm/messages';
export { changeInterests, interestsField } from './crm/interests';
export { choicesOf, resolveChoice, type Choice } from './crm/list-items';
export { addListItem, listDefinitions, listItems, listNames } from './crm/lists';
export { Members, membersOf, type Member } from './crm/members';
export { mergeRecords } from './crm/merge';
export { operatorsFor, type Operator } from './crm/operators';
export { companiesOfPersons } from './crm/persons';
export { peekRecordId, recordIdFromUrl, recordUrl } from './crm/record-address';
export { isEmpty, readBoolean, readLimit, readText } from './crm/read-values';
export { recordNamesOf } from './crm/record-names';
export {
	createRecord,
	defaultsOf,
	deleteRecord,
	readRecord,
	undeleteRecord,
	updateRecord,
	type EntityRecord,
} from './crm/records';
export { closeRequest, createRequest, mergeRequests } from './crm/requests';
export {
	createRelation,
	deleteRelation,
	relationDefinitions,
	relationsArchive,
	relationsOf,
	resolveDefinition,
	simplifyRelation,
	type NewRelation,
	type RelationEnd,
} from './crm/relations';
export {
	changeMembers,
	isOfCompanies,
	membersArchive,
	readSelection,
	selectionMembers,
	type SelectionInfo,
} from './crm/selection-members';
export { simplify } from './crm/simplify';
export {
	createRow,
	deleteRow,
	readRow,
	restrictionTypeOf,
	tableRows,
	updateRow,
} from './crm/table-rows';
export { extraTableNamed, extraTables, tableNamed, type Table } from './crm/tables';
export {
	columnNamed,
	decodeRow,
	encodeKeyedRow,
	encodeRow,
	isSameName,
	isZero,
	keyColumnsOf,
	writableColumns,
	type Cells,
} from './crm/table-values';
export { currentUser, currentUserProperties, usersArchive, usersOf } from './crm/users';
export { environments, type Environment } from './environments';
export { SuperOfficeError, type SuperOfficeErrorCode } from './errors';
export { signSystemUserToken } from './exchange/sign-system-user-token';
export { serviceTime } from './http/clock-skew';
export { Deadline } from './http/deadline';
export { proxyRefused, readSystemCode, timedOut, unreachable } from './http/network-errors';
export type { ClientOptions, Http, HttpRequest, HttpResponse } from './http/http';
export { isSuperOfficeUrl } from './http/superoffice-url';
export { listedClaims, type Claims } from './jwt/claims';
export { verifySystemUserJwt, type VerifyOptions } from './jwt/verify-jwt';
export type { Jwks } from './keys/public-keys';
export { requireSuccess, type ApiAnswer } from './tenants/api-answer';
export { callTenant, type CallTenantOptions } from './tenants/call-tenant';
export { repeatCall } from './tenants/repeat-call';
export type { Tenant } from './tenants/tenant-states';
export { isUnder, tenantAt, tenantUrl, withTenantHost } from './tenants/tenant-url';
export { cacheKey } from './tickets/cache-key';
export { principalPath } from './tickets/check-ticket';
export { getSystemUserTicket } from './tickets/request-ticket';
export { isNewer, ticketHeaders, type SystemUserTicket } from './tickets/system-user-ticket';
export { TicketStore, type StoreAnswer, type StoreOptions } from './tickets/ticket-store';
export { entityOf, hasChanged, readEvent, testEvent, type WebhookEvent } from './webhooks/events';
export {
	findUrl,
	findWebhook,
	keepWebhook,
	removeWebhooks,
	type Kept,
} from './webhooks/keep-webhook';
export { isSignedWith, webhookMark, webhookSecret, type WebhookOwner } from './webhooks/secret';
export type { Gap, Sender, WebhookState } from './webhooks/webhook-states';
export { isAsWanted, type WantedWebhook, type Webhook } from './webhooks/webhooks';
