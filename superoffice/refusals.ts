interface Refusal {
	/** As AuthorizeErrorCode names it, in SuperOffice's words. */
	name: RegExp;
	/** As AuthorizeErrorCode numbers it. */
	number: number;
	hint: string;
}

const approveAgain = 'Ask an administrator of the tenant to approve the application again';

const timestamp: Refusal = {
	name: /time\W*stamp/i,
	number: 6,
	hint: 'The clock of the machine that runs this is probably wrong. Set it by network time (NTP), then try again.',
};

// The first that fits is taken: the words for one reason can hold those for a later one.
const refusals: Refusal[] = [
	timestamp,
	{
		name: /signature/i,
		number: 7,
		hint: 'Private Key does not belong to this application in this environment. Check Private Key and Environment: each environment has a key of its own.',
	},
	{
		name: /revoked/i,
		number: 1,
		hint: `The tenant took the application’s access away. ${approveAgain}, then enter the new System User Token.`,
	},
	{
		name: /re-?approv/i,
		number: 5,
		hint: `The application has changed since the tenant approved it. ${approveAgain}.`,
	},
	{
		name: /expired/i,
		number: 3,
		hint: `The tenant’s approval has expired. ${approveAgain}.`,
	},
	{
		name: /redirect\W*ur/i,
		number: 2,
		hint: 'Check the application’s redirect URLs in the SuperOffice Developer Portal, and that its type is server to server.',
	},
	{
		name: /denied/i,
		number: 4,
		hint: 'Check Environment, Client Secret, Context Identifier and System User Token. If they are right, ask an administrator of the tenant to approve the application. It must be of type server to server.',
	},
];

const otherHint =
	'Check Environment, Client Secret, System User Token and Context Identifier: they must all belong to one application, one tenant and one environment.';

/** What to do about a refusal, by SuperOffice's words for it. */
export function hintFor(words: string): string {
	return find(words)?.hint ?? otherHint;
}

/** Whether SuperOffice finds the time of signing too far from its own. */
export function isAboutTime(words: string): boolean {
	return find(words) === timestamp;
}

/** Whether the words are a refusal's, whatever they came in. */
export function isRefusal(words: string): boolean {
	return find(words) !== undefined;
}

// Which text the exchange uses for which reason is not documented, so name and number are both matched loosely, the
// number only where it stands as a code.
function find(words: string): Refusal | undefined {
	const number = /(?:^|code|error|reason)\W*(\d)\b/i.exec(words)?.[1];
	return (
		refusals.find(({ name }) => name.test(words)) ??
		refusals.find((refusal) => String(refusal.number) === number)
	);
}
