import type { HttpSession } from './http-session';

/**
 * Starts the work, or joins it where it is under way: then for as long as one's own time lasts. Success and failure
 * are shared, and not kept.
 */
export async function share<T>(
	running: Map<string, Promise<T>>,
	name: string,
	http: HttpSession,
	work: () => Promise<T>,
): Promise<T> {
	const joined = running.get(name);
	if (joined !== undefined) return await http.join(joined);
	const started = work().finally(() => running.delete(name));
	running.set(name, started);
	return await started;
}
