import { createLoginKey, type LoginJwk, type LoginKey } from './login-keys';

/** Development, Stage and Production, by the names the credential form uses. */
export type Environment = 'sod' | 'qaonline' | 'online';

export const ENVIRONMENTS: readonly Environment[] = ['sod', 'qaonline', 'online'];

/** What the public may know about an environment's login: its host, current certificate and JWKS. */
export interface Login {
	host: string;
	certificatePem: string;
	publicKeyPem: string;
	jwks: { keys: LoginJwk[] };
}

/** The login hosts of all environments and the keys each one signs with. */
export class LoginHosts {
	private constructor(private readonly keys: Map<Environment, LoginKey[]>) {}

	static async create(): Promise<LoginHosts> {
		const pairs = ENVIRONMENTS.map(
			async (environment): Promise<[Environment, LoginKey[]]> => [
				environment,
				[await createLoginKey()],
			],
		);
		return new LoginHosts(new Map(await Promise.all(pairs)));
	}

	/** The environment whose login lives on this host, if any. */
	environmentOf(host: string): Environment | undefined {
		return ENVIRONMENTS.find((environment) => loginHost(environment) === host);
	}

	login(environment: Environment): Login {
		const { certificatePem, publicKeyPem } = this.signingKey(environment);
		return {
			host: loginHost(environment),
			certificatePem,
			publicKeyPem,
			jwks: { keys: this.keysOf(environment).map((key) => key.jwk) },
		};
	}

	/** The current signing key, which is the newest. */
	signingKey(environment: Environment): LoginKey {
		const newest = this.keysOf(environment).at(-1);
		if (!newest) throw new Error(`No signing key in ${environment}`);
		return newest;
	}

	/** Signs with a new key from now on. The old one stays in the JWKS, ahead of the new one. */
	async rollKey(environment: Environment): Promise<void> {
		this.keysOf(environment).push(await createLoginKey());
	}

	private keysOf(environment: Environment): LoginKey[] {
		const keys = this.keys.get(environment);
		if (!keys) throw new Error(`Unknown environment ${environment}`);
		return keys;
	}
}

function loginHost(environment: Environment): string {
	return `${environment}.superoffice.com`;
}
