import jwtVectors from '../../vectors/jwts.json';
import keyVectors from '../../vectors/private-keys.json';
import tokenVectors from '../../vectors/signed-tokens.json';

export { jwtVectors, keyVectors, tokenVectors };

/** The vector with this name. */
export function named<T extends { name: string }>(list: T[], name: string): T {
	const found = list.find((entry) => entry.name === name);
	if (found === undefined) throw new Error(`There is no vector named ${name}.`);
	return found;
}
