import { SuperOfficeError } from '../errors';
import { isObject, type CrmRequest, type CrmSession } from './crm-session';
import type { EntityRecord } from './records';

/**
 * Does something with a document's content, checked out where the tenant wants that, and checked in again. A document
 * that was checked out by the caller before stays so.
 *
 * @param document with `LockSemantics`
 * @throws SuperOfficeError `CALL_FAILED` if somebody else has checked it out
 */
export async function withCheckout<T>(
	session: CrmSession,
	document: EntityRecord,
	id: number,
	work: () => Promise<T>,
): Promise<T> {
	const { LockSemantics: semantics } = document;
	if (semantics !== 'Locking' && semantics !== 'Versioning') return await work();
	const path = `/v1/Document/${id}/Lock`;
	const { State: state, Name: name } = await session.callForObject({ path });
	if (state === 'CheckedOutOther') throw checkedOut(id, String(name ?? ''));
	if (state === 'CheckedOutOwn') return await work();
	await lockCall(session, { method: 'POST', path, isIdempotent: true }, 'checked out');
	const result = await work().catch(async (error: unknown) => {
		await session.call({ method: 'DELETE', path }).catch(() => undefined);
		throw error;
	});
	await lockCall(session, { method: 'PUT', path }, 'checked in, though its new content is stored');
	return result;
}

/** SuperOffice says with status 200 that it could not do this. */
async function lockCall(session: CrmSession, request: CrmRequest, what: string): Promise<void> {
	const answer = await session.call(request);
	if (!isObject(answer) || answer.Success !== false) return;
	const words = [answer.Value, answer.AdditionalInfo].find(
		(text) => typeof text === 'string' && text !== '',
	);
	throw new SuperOfficeError(
		'CALL_FAILED',
		`The document could not be ${what}${words === undefined ? '' : `: ${String(words)}`}.`,
		'Look at the document in SuperOffice: somebody may be working on it.',
	);
}

function checkedOut(id: number, name: string): SuperOfficeError {
	return new SuperOfficeError(
		'CALL_FAILED',
		`The document with the ID ${id} is checked out by ${name === '' ? 'another user' : name}.`,
		'Nothing was changed. Have it checked in first.',
	);
}
