/** A Markdown table: a heading and rows, with numbers aligned right. */
export function table(heading: string[], rows: Array<Array<string | number>>): string {
	const line = (cells: Array<string | number>) => `| ${cells.join(' | ')} |`;
	const rule = heading.map((_, column) => {
		const isNumber = rows.every((row) => /^[\d.,]+( [a-zA-Zµ]+)?$/.test(String(row[column])));
		return isNumber ? '---:' : '---';
	});
	return [line(heading), line(rule), ...rows.map(line)].join('\n');
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How many times as large. */
export function ratio(value: number, base: number): string {
	const times = value / base;
	return times >= 10 ? times.toFixed(0) : times.toPrecision(2);
}

export function milliseconds(value: number): string {
	return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function microseconds(value: number): string {
	return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} µs`;
}
