const longestText = 300;

/** What a service says, on one line of bounded length, without the secrets it may repeat. */
export function readWords(value: unknown, secrets: string[]): string {
	const words = typeof value === 'number' ? String(value) : value;
	return secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret !== '')
		.reduce(
			(text, secret) => text.replaceAll(secret, '***'),
			typeof words === 'string' ? words : '',
		)
		.replace(/[\w+/=-]{40,}/g, '***')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, longestText);
}
