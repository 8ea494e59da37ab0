import { SuperOfficeError } from '../errors';
import { isObject, type CrmSession } from './crm-session';
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
	const undo = async (error: unknown) => {
		await session.call({ method: 'DELETE', path }).catch(() => undefined);
		throw error;
	};
	await checkOut(session, path).catch(async (error: unknown) => {
		// It may be checked out all the same.
		if (error instanceof SuperOfficeError && error.outcomeUnknown) await undo(error);
		throw error;
	});
	const result = await work().catch(undo);
	await checkIn(session, path);
	return result;
}

async function checkOut(session: CrmSession, path: string): Promise<void> {
	const answer = await session.call({ method: 'POST', path, isIdempotent: true });
	const refusal = refusalIn(answer, 'The document could not be checked out');
	if (refusal !== undefined) throw refusal;
}

async function checkIn(session: CrmSession, path: string): Promise<void> {
	const what = 'The document could not be checked in, though its new content is stored';
	const failure = await session.call({ method: 'PUT', path }).then(
		(answer) => refusalIn(answer, what),
		(error: unknown) => notCheckedIn(error, what),
	);
	if (failure === undefined) return;
	// A try whose answer was lost may have done it; the next one is turned down then.
	const now = await session.callForObject({ path }).catch(() => undefined);
	if (now?.State === 'NotCheckedOut' || now?.State === 'CheckedOutOther') return;
	throw failure;
}

/** SuperOffice says with status 200 that it could not do this. */
function refusalIn(answer: unknown, what: string): SuperOfficeError | undefined {
	if (!isObject(answer) || answer.Success !== false) return undefined;
	const words = [answer.Value, answer.AdditionalInfo].find(
		(text) => typeof text === 'string' && text !== '',
	);
	return new SuperOfficeError(
		'CALL_FAILED',
		`${what}${words === undefined ? '' : `: ${String(words)}`}.`,
		'Look at the document in SuperOffice: somebody may be working on it.',
	);
}

function notCheckedIn(error: unknown, what: string): unknown {
	if (!(error instanceof SuperOfficeError)) return error;
	const { code, message, hint, httpStatus } = error;
	const cure = `${hint} Check the document in yourself in SuperOffice: its user has it checked out.`;
	return new SuperOfficeError(code, `${message} ${what}.`, cure, { httpStatus });
}

function checkedOut(id: number, name: string): SuperOfficeError {
	return new SuperOfficeError(
		'CALL_FAILED',
		`The document with the ID ${id} is checked out by ${name === '' ? 'another user' : name}.`,
		'Nothing was changed. Have it checked in first.',
	);
}
