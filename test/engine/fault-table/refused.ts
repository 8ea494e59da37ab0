import { exchangeAnswers, misbehave, refusal } from './answers';
import { keyVectors, named } from '../../unit/support/vectors';
import type { FaultCase, Scene } from './types';

const once = { then: 'REFUSED', tries: 1, records: 0 } as const;
const refuse = (reason: string) => misbehave({ at: 'exchange', kind: 'refuse', reason });
const minute = 60_000;
const day = 24 * 60 * minute;
const untimely =
	'SuperOffice refused: InvalidTimestamp: The timestamp of the signed system token is invalid or out of range.';
/** It is the clock that is days off, or the answer has been altered. */
const clockOrAltered =
	/\d+ days? .*(behind|ahead of) SuperOffice’s, or something in between is altering its answers.*NTP.*proxy settings/;
/** With a character in the application's name that is escaped. */
const anotherToken = ({ online, tenant }: Scene) =>
	`R&D ${online.credential(tenant).systemUserToken}`;

/** What SuperOffice refuses: never retried, and reported with its own message. */
export const refused: FaultCase[] = [
	{
		name: 'Revoked',
		when: refuse('Revoked'),
		...once,
		says: 'SuperOffice refused: Revoked: The customer has revoked the access of this application.',
		cure: /administrator of the tenant to approve the application again.*System User Token/,
	},
	{
		name: 'InvalidRedirectUrl',
		when: refuse('InvalidRedirectUrl'),
		...once,
		says: 'SuperOffice refused: InvalidRedirectUrl: The redirect URL is not registered for this application.',
		cure: /Developer Portal.*server to server/,
	},
	{
		name: 'Expired',
		when: refuse('Expired'),
		...once,
		says: 'SuperOffice refused: Expired: The approval of this application on the customer has expired.',
		cure: /administrator of the tenant to approve/,
	},
	{
		name: 'Denied',
		when: refuse('Denied'),
		...once,
		says: 'SuperOffice refused: Denied: The application is denied access to the customer.',
		cure: /Environment, Client Secret, Context Identifier and System User Token/,
	},
	{
		name: 'NeedsReapproval',
		when: refuse('NeedsReapproval'),
		...once,
		says: 'SuperOffice refused: NeedsReapproval: The customer has to approve this application again.',
		cure: /administrator of the tenant to approve/,
	},
	{
		name: 'InvalidSignature',
		when: refuse('InvalidSignature'),
		...once,
		says: 'SuperOffice refused: InvalidSignature: The signature of the signed system token is not valid for the application.',
		cure: /Private Key.*Environment/,
	},
	{
		name: 'InvalidTimestamp, although the clocks agree',
		when: refuse('InvalidTimestamp'),
		...once,
		says: untimely,
		cure: /agrees with SuperOffice’s/,
	},
	{
		name: 'InvalidTimestamp, even with the corrected time',
		clock: 95 * minute,
		when: refuse('InvalidTimestamp'),
		...once,
		tries: 2,
		says: untimely,
		cure: /1 hour 35 minutes behind SuperOffice’s.*NTP/,
	},
	{
		name: 'the local clock three days ahead',
		clock: -3 * day,
		...once,
		says: untimely,
		cure: clockOrAltered,
	},
	{
		name: 'the local clock three days behind',
		clock: 3 * day,
		...once,
		says: untimely,
		cure: clockOrAltered,
	},
	{
		name: 'InvalidTimestamp with a Date of 2099',
		when: misbehave({
			at: 'exchange',
			kind: 'refuse',
			reason: 'InvalidTimestamp',
			headers: { Date: 'Thu, 01 Jan 2099 00:00:00 GMT' },
		}),
		...once,
		says: untimely,
		cure: clockOrAltered,
	},
	{
		name: 'an unknown reason',
		when: refuse('Computer says no'),
		...once,
		says: 'SuperOffice refused: Computer says no',
		cure: /must all belong to one application, one tenant and one environment/,
	},
	{
		name: 'no reason',
		when: refuse(''),
		...once,
		says: 'SuperOffice refused and gave no reason.',
		cure: /must all belong to one application/,
	},
	{
		name: 'a reason that repeats secrets',
		when: (scene: Scene) => {
			const { clientSecret, systemUserToken } = scene.online.credential(scene.tenant);
			const jwt = Buffer.alloc(90, 7).toString('base64url');
			refuse(`No ${clientSecret},\n no ${systemUserToken}.202611232059, no ${jwt}`)(scene);
		},
		...once,
		says: 'SuperOffice refused: No ***, no ***.202611232059, no ***',
		cure: /must all belong/,
	},
	{
		name: 'a reason that repeats secrets in other spellings',
		filledIn: (scene: Scene) => ({ systemUserToken: anotherToken(scene) }),
		when: (scene: Scene) => {
			const { clientSecret } = scene.online.credential(scene.tenant);
			const token = anotherToken(scene);
			const entities = [...token].map((character) => `&#${character.charCodeAt(0)};`).join('');
			const percent = clientSecret.replace(
				/./g,
				(character) => `%${character.charCodeAt(0).toString(16)}`,
			);
			const spellings = [
				encodeURIComponent(token),
				entities,
				token.toUpperCase(),
				token.replace('&', '&amp;').replace(' ', '&nbsp;'),
				token.slice(token.lastIndexOf('-') + 1),
				percent,
				clientSecret.toUpperCase(),
			];
			refuse(`No ${spellings.join(', no ')}`)(scene);
		},
		...once,
		says: 'SuperOffice refused: No ***, no ***, no ***, no ***, no ***, no ***, no ***',
		cure: /must all belong/,
	},
	...[400, 401, 403, 500, 503].map(
		(status): FaultCase => ({
			name: `a refusal with status ${status}`,
			when: exchangeAnswers(refusal('Revoked'), status),
			...once,
			says: 'SuperOffice refused: Revoked',
			cure: /administrator/,
		}),
	),
	{
		name: 'a wrong client secret',
		filledIn: () => ({ clientSecret: '0123456789abcdef0123456789abcdef' }),
		...once,
		says: 'SuperOffice refused: Denied: Unknown application token.',
		cure: /Client Secret/,
	},
	{
		name: 'a wrong system user token',
		filledIn: () => ({ systemUserToken: 'Another App-aB3dE6fG9h' }),
		...once,
		says: 'SuperOffice refused: Denied: The system user token does not belong to this customer.',
		cure: /System User Token/,
	},
	{
		name: 'another application’s private key',
		filledIn: () => ({ privateKey: named(keyVectors.good, 'rsaxml-one-line').text }),
		...once,
		says: 'SuperOffice refused: InvalidSignature: The signature of the signed system token is not valid for the application.',
		cure: /Private Key.*Environment/,
	},
];
