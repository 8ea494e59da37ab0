import { SuperOfficeError } from '../../../../superoffice';

/** An error that says how many of an item's IDs were handled all the same. */
export function partlyDone(error: unknown, done: number, count: number): Error {
	if (!(error instanceof SuperOfficeError) || count < 2) return error as Error;
	const { code, message, hint, httpStatus, outcomeUnknown } = error;
	return new SuperOfficeError(
		code,
		`${message} Of the ${count} IDs of this item, ${done} had been handled.`,
		hint,
		{ httpStatus, outcomeUnknown },
	);
}
