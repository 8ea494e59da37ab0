/** The names that are likeliest meant. */
export function nearestNames(name: string, names: readonly string[], count = 3): string[] {
	const wanted = name.toLowerCase();
	return [...names]
		.filter((each) => each.toLowerCase().includes(wanted))
		.concat(names)
		.slice(0, count);
}
