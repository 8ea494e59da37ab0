/**
 * What went wrong, as one word a program can act on:
 *
 * | code | whose side | meaning |
 * | --- | --- | --- |
 * | `INVALID_INPUT` | yours | a field is empty or malformed; nothing was sent |
 * | `INVALID_KEY` | yours | Private Key or Public Key cannot be used; nothing was sent |
 * | `REFUSED` | SuperOffice | the exchange was understood and turned down |
 * | `TENANT_NOT_RUNNING` | SuperOffice | the tenant is suspended, deleted, under maintenance, or not known |
 * | `JWT_REJECTED` | SuperOffice | the JWT that came back could not be verified |
 * | `CALL_FAILED` | yours or SuperOffice | the tenant's web API turned a call down |
 * | `UNEXPECTED_ANSWER` | in between | something other than SuperOffice's answer came back |
 * | `UNAVAILABLE` | SuperOffice | 429 or 5xx, even after retries |
 * | `UNREACHABLE` | network | no answer: name, connection, proxy or TLS |
 * | `TIMEOUT` | network | no answer in the time allowed |
 */
export type SuperOfficeErrorCode =
	| 'INVALID_INPUT'
	| 'INVALID_KEY'
	| 'REFUSED'
	| 'TENANT_NOT_RUNNING'
	| 'JWT_REJECTED'
	| 'CALL_FAILED'
	| 'UNEXPECTED_ANSWER'
	| 'UNAVAILABLE'
	| 'UNREACHABLE'
	| 'TIMEOUT';

/**
 * The one error this library throws. `message` says what failed, `hint` what to do about it, both in the words
 * of the credential form and free of secrets. `httpStatus` is SuperOffice's status code, where one came back.
 * `outcomeUnknown` is true where SuperOffice may have done all the same what it was asked to.
 */
export class SuperOfficeError extends Error {
	override readonly name = 'SuperOfficeError';

	readonly httpStatus?: number;

	readonly outcomeUnknown: boolean;

	constructor(
		readonly code: SuperOfficeErrorCode,
		message: string,
		readonly hint: string,
		details: { httpStatus?: number; outcomeUnknown?: boolean } = {},
	) {
		super(message);
		this.httpStatus = details.httpStatus;
		this.outcomeUnknown = details.outcomeUnknown ?? false;
	}

	/** A new error that says the same: one that is remembered is not thrown itself, as whoever catches it may change it. */
	copy(): SuperOfficeError {
		const { code, message, hint, httpStatus, outcomeUnknown } = this;
		return new SuperOfficeError(code, message, hint, { httpStatus, outcomeUnknown });
	}
}
