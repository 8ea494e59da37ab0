import { json, type Reply } from '../../messages';
import { ApiError } from '../errors';
import { SYSTEM_USER } from '../store';
import type { Tenant } from '../tenants';
import { returnInfo } from './return-info';
import type { DocumentCall } from './routes';

const checkoutOf = ({ tenant, document }: DocumentCall) =>
	tenant.data.files.checkouts.get(document.id);

/** GET .../Lock */
export function getCheckout(of: DocumentCall): Reply {
	const checkout = checkoutOf(of);
	const taken = checkout?.associateId === SYSTEM_USER ? 'CheckedOutOwn' : 'CheckedOutOther';
	return json(200, {
		State: locks(of.tenant) ? (checkout ? taken : 'NotCheckedOut') : 'LockingNotSupported',
		AssociateId: checkout?.associateId ?? 0,
		Name: checkout?.name ?? '',
	});
}

/** POST .../Lock */
export function checkOut(of: DocumentCall): Reply {
	const checkout = checkoutOf(of);
	if (!locks(of.tenant)) return json(200, returnInfo(false, 'Locking is not supported'));
	if (checkout && checkout.associateId !== SYSTEM_USER) {
		return json(200, returnInfo(false, `The document is checked out by ${checkout.name}`));
	}
	of.tenant.data.files.checkouts.set(of.document.id, {
		associateId: SYSTEM_USER,
		name: 'System User',
	});
	return json(200, returnInfo(true));
}

/** PUT .../Lock */
export function checkIn(of: DocumentCall): Reply {
	return giveUp(of);
}

/** DELETE .../Lock */
export function undoCheckout(of: DocumentCall): Reply {
	return giveUp(of);
}

function giveUp(of: DocumentCall): Reply {
	if (checkoutOf(of)?.associateId !== SYSTEM_USER) {
		return json(200, returnInfo(false, 'The document is not checked out by you'));
	}
	of.tenant.data.files.checkouts.delete(of.document.id);
	return json(200, returnInfo(true));
}

/** Throws where content that is there must be checked out before it is changed, and is not. */
export function requireCheckout(tenant: Tenant, documentId: number): void {
	const { contents, checkouts } = tenant.data.files;
	if (!locks(tenant) || !contents.has(documentId)) return;
	const checkout = checkouts.get(documentId);
	if (checkout?.associateId === SYSTEM_USER) return;
	const text = checkout
		? `The document is checked out by ${checkout.name}`
		: 'The document is not checked out';
	throw new ApiError(403, 'SoAccessDeniedException', text);
}

function locks({ settings }: Tenant): boolean {
	return settings.lockSemantics !== 'None';
}
