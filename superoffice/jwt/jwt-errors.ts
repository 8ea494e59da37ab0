import { SuperOfficeError } from '../errors';

const notUsed = 'The ticket in it was not used.';
const tampered = 'something between this machine and SuperOffice is altering its answers.';
const checkClock = 'Check that the clock of the machine this runs on is right, then try again.';

/** What can be wrong with a JWT: what to say of it, and what to do where that is not the usual thing. */
const faults = {
	malformed: { what: 'it is not a signed answer (JWT)' },
	algorithm: { what: 'it is not signed the way SuperOffice signs (RS256)' },
	damaged: { what: 'it is damaged or cut off' },
	critical: { what: 'its header makes an unknown demand' },
	unreadable: { what: 'it cannot be read' },
	unknownKey: {
		what: 'it is signed with a key that SuperOffice does not publish',
		hint: `${notUsed} If SuperOffice has just changed its key, it will work again within 5 minutes. If it keeps failing, ${tampered}`,
	},
	signature: {
		what: 'its signature was not made with SuperOffice’s key',
		hint: `${notUsed} If Public Key is filled in, empty it, or paste the certificate of the environment chosen in Environment. If it is empty, ${tampered}`,
	},
	issuer: { what: 'it was not issued by SuperOffice AS' },
	expired: { what: 'it has expired', hint: checkClock },
	notYetValid: { what: 'it is not valid yet', hint: checkClock },
	noExpiry: { what: 'it does not say when it expires' },
	audience: { what: 'it was issued to someone else (wrong audience)' },
	tenant: { what: 'it is for a different tenant than the one asked for' },
	noTicket: { what: 'it contains no usable ticket' },
	noWebApiUrl: {
		what: 'it gives no web API address on superoffice.com',
		hint: `${notUsed} If it keeps happening, tell SuperOffice support.`,
	},
} satisfies Record<string, { what: string; hint?: string }>;

export type JwtFault = keyof typeof faults;

const usualHint = `${notUsed} Check Environment, Context Identifier and System User Token. If they are right, ${tampered}`;

/** Thrown for a JWT that could not be verified. */
export class JwtRejectedError extends SuperOfficeError {
	constructor(fault: JwtFault, hint?: string) {
		const { what, hint: ownHint = usualHint }: { what: string; hint?: string } = faults[fault];
		super('JWT_REJECTED', `SuperOffice’s answer could not be verified: ${what}.`, hint ?? ownHint);
	}
}

/** The JWT may be good, but none of the keys at hand can tell: it is time for newer ones. */
export class NoMatchingKeyError extends JwtRejectedError {}
