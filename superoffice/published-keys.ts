import { environments, type Environment } from './environments';
import type { HttpSession } from './http-session';
import { parseJsonObject } from './json';
import { readPublicKeys, type Jwks, type PublicKey } from './public-keys';
import { SingleFlight } from './single-flight';
import { unexpectedAnswer } from './unexpected-answer';

const day = 24 * 60 * 60 * 1000;
/** How long to wait before asking again because of a key that is not known. */
const patience = 5 * 60 * 1000;

interface KeptKeys {
	keys: PublicKey[];
	/** In milliseconds since 1970, like the next. */
	fetchedAt: number;
	/** When they were last asked for because of a key that was not known. */
	renewedAt?: number;
}

/**
 * The keys each environment signs with, from `GET /login/.well-known/jwks`: kept for a day, and asked for once by all
 * who need them at the same time.
 */
export class PublishedKeys {
	private readonly kept = new Map<Environment, KeptKeys>();

	private readonly fetches = new SingleFlight<PublicKey[]>();

	/** @throws SuperOfficeError `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does */
	async keysOf(environment: Environment, http: HttpSession): Promise<PublicKey[]> {
		const kept = this.kept.get(environment);
		const age = now(http) - (kept?.fetchedAt ?? Number.NaN);
		if (kept !== undefined && age >= 0 && age < day) return kept.keys;
		return await this.fetch(environment, http);
	}

	/**
	 * The keys of today, for a JWT that none of the kept ones could verify: SuperOffice may have rolled its key. Asks not
	 * more often than every 5 minutes for an environment; gives what is kept in between.
	 *
	 * @throws SuperOfficeError as {@link PublishedKeys.keysOf}
	 */
	async renewedKeysOf(environment: Environment, http: HttpSession): Promise<PublicKey[]> {
		const kept = this.kept.get(environment);
		if (kept !== undefined && !this.fetches.isUnderWay(environment)) {
			const age = now(http) - (kept.renewedAt ?? Number.NaN);
			if (age >= 0 && age < patience) return kept.keys;
			kept.renewedAt = now(http);
		}
		return await this.fetch(environment, http);
	}

	private async fetch(environment: Environment, http: HttpSession): Promise<PublicKey[]> {
		return await this.fetches.share(environment, http, async () => {
			const keys = await fetchKeys(environment, http);
			const renewedAt = this.kept.get(environment)?.renewedAt;
			this.kept.set(environment, { keys, fetchedAt: now(http), renewedAt });
			return keys;
		});
	}
}

function now(http: HttpSession): number {
	return http.clock().getTime();
}

async function fetchKeys(environment: Environment, http: HttpSession): Promise<PublicKey[]> {
	const { loginHost } = environments[environment];
	const response = await http.send(() => ({
		method: 'GET',
		url: `https://${loginHost}/login/.well-known/jwks`,
		headers: { Accept: 'application/json' },
	}));
	const jwks = response.status === 200 ? parseJsonObject(response.body) : undefined;
	try {
		if (jwks !== undefined) return readPublicKeys(jwks as unknown as Jwks);
	} catch {
		// A JWKS without a usable key is no better than none.
	}
	throw unexpectedAnswer(
		response,
		'its public keys',
		' Or paste SuperOfficeFederatedLogin.crt of this environment into Public Key.',
	);
}
