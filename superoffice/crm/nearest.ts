import { distance } from '../third-party/fastest-levenshtein';

/**
 * The names that are likeliest meant by one that is not among them, the likeliest first: those that contain it or are
 * contained in it, then by the letters that differ, without regard to case and accents.
 *
 * @param count how many at most
 */
export function nearestNames(name: string, names: readonly string[], count = 3): string[] {
	const wanted = fold(name);
	return [...new Set(names)]
		.map((candidate) => {
			const folded = fold(candidate);
			const isPart = folded !== '' && (folded.includes(wanted) || wanted.includes(folded));
			return { candidate, isPart: wanted !== '' && isPart, away: distance(wanted, folded) };
		})
		.sort((a, b) => Number(b.isPart) - Number(a.isPart) || a.away - b.away)
		.slice(0, count)
		.map(({ candidate }) => candidate);
}

/** Letters that are no other letter with an accent. */
const letters: Readonly<Record<string, string>> = {
	ø: 'o',
	æ: 'ae',
	œ: 'oe',
	ß: 'ss',
	ł: 'l',
	đ: 'd',
};

function fold(text: string): string {
	const plain = text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
	return plain.replace(/[øæœßłđ]/g, (letter) => letters[letter]!);
}
