import { environments, type Environment } from '../environments';
import { byStatus, type HttpSession } from '../http/http-session';
import { parseJsonObject } from '../http/json';
import { SingleFlight } from '../http/single-flight';
import { unexpectedAnswer } from '../http/unexpected-answer';
import { readPublicKeys, type Jwks, type PublicKey } from '../keys/public-keys';

const maxAge = 24 * 60 * 60 * 1000;
/** How long to wait before asking again because of an unknown key. */
const cooldown = 5 * 60 * 1000;

interface CachedKeys {
	keys: PublicKey[];
	/** In milliseconds since 1970, like the next. */
	fetchedAt: number;
	/** When they were last asked for because of an unknown key. */
	refreshedAt?: number;
}

/**
 * The keys each environment signs with, from `GET /login/.well-known/jwks`: kept for a day, and asked for once by all
 * who need them at the same time.
 */
export class JwksCache {
	private readonly cached = new Map<Environment, CachedKeys>();

	private readonly requests = new SingleFlight<PublicKey[]>({ isRepeatable: true });

	/** @throws SuperOfficeError `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does */
	async getKeys(environment: Environment, session: HttpSession): Promise<PublicKey[]> {
		const cached = this.cached.get(environment);
		const age = now(session) - (cached?.fetchedAt ?? Number.NaN);
		if (cached !== undefined && age >= 0 && age < maxAge) return cached.keys;
		return await this.fetch(environment, session);
	}

	/**
	 * Today's keys, for a JWT that none of the cached ones could verify: SuperOffice may have rolled its key. Asks no
	 * more often than every 5 minutes for an environment, and returns what is cached in between.
	 *
	 * @throws SuperOfficeError as {@link JwksCache.getKeys}
	 */
	async refreshKeys(environment: Environment, session: HttpSession): Promise<PublicKey[]> {
		const cached = this.cached.get(environment);
		if (cached !== undefined && !this.requests.isUnderWay(environment)) {
			const age = now(session) - (cached.refreshedAt ?? Number.NaN);
			if (age >= 0 && age < cooldown) return cached.keys;
			cached.refreshedAt = now(session);
		}
		try {
			return await this.fetch(environment, session);
		} catch (error) {
			// With the old ones, every exchange would leave its record before it turned out to be in vain.
			this.cached.delete(environment);
			throw error;
		}
	}

	private async fetch(environment: Environment, caller: HttpSession): Promise<PublicKey[]> {
		return await this.requests.share(environment, caller, async (session) => {
			const keys = await fetchKeys(environment, session);
			const refreshedAt = this.cached.get(environment)?.refreshedAt;
			this.cached.set(environment, { keys, fetchedAt: now(session), refreshedAt });
			return keys;
		});
	}
}

function now({ clock }: HttpSession): number {
	return clock().getTime();
}

async function fetchKeys(environment: Environment, session: HttpSession): Promise<PublicKey[]> {
	const { loginHost } = environments[environment];
	const response = await session.send(
		() => ({
			method: 'GET',
			url: `https://${loginHost}/login/.well-known/jwks`,
			headers: { Accept: 'application/json' },
		}),
		{ classify: byStatus },
	);
	const jwks = response.status === 200 ? parseJsonObject(response.body) : undefined;
	try {
		if (jwks !== undefined) return readPublicKeys(jwks as unknown as Jwks);
	} catch {
		// A JWKS without a usable key is no better than none.
	}
	throw unexpectedAnswer(response, 'its public keys', {
		wayAround: ' Or paste this environment’s SuperOfficeFederatedLogin.crt into Public Key.',
	});
}
