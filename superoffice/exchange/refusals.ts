/** Why SuperOffice refuses, by its own names and numbers (AuthorizeErrorCode), and what to do about it. */
const approveAgain = 'Ask an administrator of the tenant to approve the application again';

// The first that matches is taken: the words for one reason can contain those for a later one.
const refusals = [
	{
		code: 'InvalidTimestamp',
		number: 6,
		pattern: /time\W*stamp/i,
		hint: 'The clock of the machine this runs on is probably wrong. Set it by network time (NTP), then try again.',
	},
	{
		code: 'InvalidSignature',
		number: 7,
		pattern: /signature/i,
		hint: 'Private Key does not belong to this application in this environment. Check Private Key and Environment: each environment has its own key.',
	},
	{
		code: 'Revoked',
		number: 1,
		pattern: /revoked/i,
		hint: `The tenant has withdrawn the application’s access. ${approveAgain}, then enter the new System User Token.`,
	},
	{
		code: 'NeedsReapproval',
		number: 5,
		pattern: /re-?approv/i,
		hint: `The application has changed since the tenant approved it. ${approveAgain}.`,
	},
	{
		code: 'Expired',
		number: 3,
		pattern: /expired/i,
		hint: `The tenant’s approval has expired. ${approveAgain}.`,
	},
	{
		code: 'InvalidRedirectUrl',
		number: 2,
		pattern: /redirect\W*ur/i,
		hint: 'Check the application’s redirect URLs in the SuperOffice Developer Portal, and that its type is server to server.',
	},
	{
		code: 'Denied',
		number: 4,
		pattern: /denied/i,
		hint: 'Check Environment, Client Secret, Context Identifier and System User Token. If they are right, ask an administrator of the tenant to approve the application. It must be of type server to server.',
	},
] as const;

type RefusalCode = (typeof refusals)[number]['code'];

const otherHint =
	'Check Environment, Client Secret, System User Token and Context Identifier: they must all belong to one application, one tenant and one environment.';

/**
 * The reason in SuperOffice's words, if it is a known one. Which text the exchange uses for which reason is not
 * documented, so name and number are both matched loosely, the number only where it stands as a code.
 */
export function readRefusal(words: string): RefusalCode | undefined {
	const number = /(?:^|code|error|reason)\W*(\d)\b/i.exec(words)?.[1];
	const refusal =
		refusals.find(({ pattern }) => pattern.test(words)) ??
		refusals.find((known) => String(known.number) === number);
	return refusal?.code;
}

/** What to do about a refusal. */
export function refusalHint(code: RefusalCode | undefined): string {
	return refusals.find((known) => known.code === code)?.hint ?? otherHint;
}
