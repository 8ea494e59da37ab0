import { illegal } from '../errors';

/** @throws ApiError 400 if the body is no JSON object */
export function readObject(body: string): Record<string, unknown> {
	let read: unknown;
	try {
		read = JSON.parse(body);
	} catch {
		throw illegal('The body is not JSON');
	}
	if (typeof read === 'object' && read !== null) return read as Record<string, unknown>;
	throw illegal('The body must be an object');
}
