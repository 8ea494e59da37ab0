import { SuperOfficeError } from '../errors';
import { isSuperOfficeUrl } from '../http/superoffice-url';
import type { Entity } from './entity';

interface RecordAddress {
	contextIdentifier: string;
	hostname: string;
	/** SuperOffice's names of the records in it, in lower case, with their ids. */
	ids: Map<string, number>;
}

/** Parameters of the web client's addresses, and the entities whose ids they hold. */
const clientParameters: Readonly<Record<string, string>> = {
	contact_id: 'contact',
	person_id: 'person',
	project_id: 'project',
	sale_id: 'sale',
	appointment_id: 'appointment',
	document_id: 'document',
	ticket_id: 'ticket',
	selection_id: 'selection',
};

/** What people call those entities. */
const labels: Readonly<Record<string, string>> = {
	contact: 'company',
	person: 'contact person',
	project: 'project',
	sale: 'sale',
	appointment: 'follow-up',
	document: 'document',
	ticket: 'request',
	selection: 'selection',
};

/**
 * The id of a record whose address was pasted: that of the web API (`.../Cust12345/api/v1/Contact/5`), of the web client
 * (`.../Cust12345/default.aspx?contact_id=5`, or with the page in front, `default.aspx?contact.main?contact_id=5`), or
 * of a request in Service (`.../Cust12345/CS/scripts/ticket.fcgi?action=listTicket&ticketId=5`).
 *
 * @param tenant whose record it must be; with `host`, which may be a whole address, also in the same environment
 * @throws SuperOfficeError `INVALID_INPUT` for any other address, naming what it is of
 */
export function recordIdFromUrl(
	url: string,
	entity: Pick<Entity, 'name' | 'label' | 'clientParameter'>,
	tenant: { contextIdentifier: string; host?: string },
): number {
	const address = readAddress(url.trim());
	if (address === undefined) {
		throw invalid(
			`This is not the address of a ${entity.label}.`,
			`Paste it from SuperOffice, as in https://online.superoffice.com/${tenant.contextIdentifier}/default.aspx?${entity.clientParameter ?? 'contact_id'}=5, or enter the ID.`,
		);
	}
	requireTenant(address, tenant);
	const id = address.ids.get(entity.name.toLowerCase());
	if (id !== undefined) return id;
	const [other = ''] = address.ids.keys();
	const kind = Object.hasOwn(labels, other) ? `a ${labels[other]}` : 'another kind of record';
	throw invalid(
		`This is the address of ${kind}, not of a ${entity.label}.`,
		`Open the ${entity.label} in SuperOffice, and paste the address from there, or enter the ID.`,
	);
}

/** The id in an address, whosever it is; `undefined` if it is not the address of such a record. */
export function peekRecordId(url: string, { name }: Pick<Entity, 'name'>): number | undefined {
	return readAddress(url.trim())?.ids.get(name.toLowerCase());
}

/**
 * Where people find a record in SuperOffice's web client; `undefined` for those it has no page for.
 *
 * @param webApiUrl the tenant's: `https://online2.superoffice.com/Cust12345/api`
 */
export function recordUrl(
	webApiUrl: string,
	{ clientParameter }: Pick<Entity, 'clientParameter'>,
	id: number | string,
): string | undefined {
	if (clientParameter === undefined) return undefined;
	const client = webApiUrl.replace(/\/api\/?$/i, '');
	return `${client}/default.aspx?${clientParameter}=${encodeURIComponent(id)}`;
}

function readAddress(text: string): RecordAddress | undefined {
	if (!isSuperOfficeUrl(text)) return undefined;
	const { hostname, pathname, search } = new URL(text);
	const [, digits, path = ''] = /^\/cust(\d{1,15})\/(.*)$/i.exec(pathname) ?? [];
	if (digits === undefined) return undefined;
	const ids = new Map([
		...idInApi(path),
		...idsInClient(path, search),
		...idInService(path, search),
	]);
	return ids.size === 0 ? undefined : { contextIdentifier: `Cust${digits}`, hostname, ids };
}

type Found = Array<[entity: string, id: number]>;

function idInApi(path: string): Found {
	const [, name, id] = /^api\/v1\/([a-z]+)\/(\d+)(?:\/.*)?$/i.exec(path) ?? [];
	return name === undefined ? [] : found(name.toLowerCase(), id);
}

/** The page that is shown comes first, and then, after another question mark, what is shown in it. */
function idsInClient(path: string, search: string): Found {
	if (!/^(default\.aspx)?$/i.test(path)) return [];
	return parametersIn(search).flatMap(([name, value]) => {
		const entity = Object.hasOwn(clientParameters, name) ? clientParameters[name]! : undefined;
		return entity === undefined ? [] : found(entity, value);
	});
}

/** In older pages of requests, the id has the name that all screens of Service have for theirs. */
function idInService(path: string, search: string): Found {
	if (!/^cs\/(scripts\/)?ticket\.(fcgi|exe)$/i.test(path)) return [];
	const parameters = new Map(parametersIn(search));
	const isRequest = /^viewticket/i.test(parameters.get('idstring') ?? '');
	return found(
		'ticket',
		parameters.get('ticketid') ?? (isRequest ? parameters.get('entryid') : ''),
	);
}

function found(entity: string, id = ''): Found {
	return /^[1-9]\d{0,9}$/.test(id) ? [[entity, Number(id)]] : [];
}

/** By names in lower case. */
function parametersIn(search: string): Array<[string, string]> {
	const parameters = new URLSearchParams(search.replaceAll('?', '&'));
	return [...parameters].map(([name, value]) => [name.toLowerCase(), value]);
}

function requireTenant(
	{ contextIdentifier, hostname }: RecordAddress,
	tenant: { contextIdentifier: string; host?: string },
): void {
	const isSameTenant =
		contextIdentifier.toLowerCase() === tenant.contextIdentifier.trim().toLowerCase();
	const { host = hostname } = tenant;
	const itsHost = URL.canParse(host) ? new URL(host).hostname : host;
	const [given, own] = [environmentOf(hostname), environmentOf(itsHost)];
	if (isSameTenant && given === own) return;
	const inEnvironment = (environment: string) => (given === own ? '' : ` in ${environment}`);
	throw invalid(
		`This is an address of ${contextIdentifier}${inEnvironment(given)}, and the credential is for ${tenant.contextIdentifier}${inEnvironment(own)}.`,
		'Paste the address of a record of that tenant, or use the credential of the other.',
	);
}

function environmentOf(hostname: string): string {
	if (/^(app-)?sod/i.test(hostname)) return 'Development';
	return /^(qaonline|app-stage)/i.test(hostname) ? 'Stage' : 'Production';
}

function invalid(message: string, hint: string): SuperOfficeError {
	return new SuperOfficeError('INVALID_INPUT', message, hint);
}
