/** Timers that do not outlive the service. */
export class Timers {
	private readonly running = new Set<NodeJS.Timeout>();

	after(milliseconds: number, action: () => void): void {
		const timer = setTimeout(() => {
			this.running.delete(timer);
			action();
		}, milliseconds);
		this.running.add(timer);
	}

	/** @returns a function that stops it */
	every(milliseconds: number, action: () => void): () => void {
		const timer = setInterval(action, milliseconds);
		this.running.add(timer);
		return () => {
			clearInterval(timer);
			this.running.delete(timer);
		};
	}

	clear(): void {
		for (const timer of this.running) clearTimeout(timer);
		this.running.clear();
	}
}
