import { maskSecrets } from './mask-secrets';

const longestText = 300;

/** What a service says, on one line of bounded length, without the secrets it may repeat. */
export function readWords(value: unknown, secrets: string[]): string {
	const words = typeof value === 'number' ? String(value) : value;
	return maskSecrets(typeof words === 'string' ? words : '', secrets)
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, longestText);
}
