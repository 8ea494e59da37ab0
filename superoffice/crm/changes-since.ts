/** Which changes of records start something. */
export type TriggerOn = 'created' | 'updated' | 'createdOrUpdated';

/** A record, and when it was made and last changed; times are in milliseconds since 1970, by SuperOffice's clock. */
export interface DatedRecord {
	id: number;
	created?: number;
	updated?: number;
}

export interface FoundChange<R extends DatedRecord> {
	record: R;
	triggeredBy: 'created' | 'updated';
}

/** Up to where changes have been passed on. It goes through JSON. */
export interface ChangeMark {
	/** A whole second. What was stamped before it has been dealt with. */
	since: number;
	/** Of what was stamped in that very second, records up to this ID have been dealt with. */
	upToId?: number;
	/** What has been dealt with after that: IDs, by the time of their change. */
	seen: Record<string, number[]>;
}

/** Where to look: records made or changed at `from` or later, and before `to`, with IDs above `afterId`. */
export interface ChangeWindow {
	from: number;
	to?: number;
	afterId?: number;
}

/** Reads a window, in the order of the IDs. Records of other times do no harm. */
export type ReadWindow<R> = (window: ChangeWindow) => AsyncIterable<R>;

interface Options {
	triggerOn: TriggerOn;
	/** SuperOffice's time when reading began. Asked for after the first page has been read. */
	now(): number;
	/** How many changes to look at; the others are for the next time. */
	most: number;
}

const second = 1000;
/** How late a change may come to light after the time that it is stamped with. */
const overlap = 60 * second;
/** A record that was changed in a second can be changed again in it, with the same stamp, until it is over. */
const settling = 2 * second;

/** When the record was changed in the way that counts; `undefined` if it was not. */
export function changeTime({ created, updated }: DatedRecord, on: TriggerOn): number | undefined {
	if (on === 'created') return created;
	if (on === 'updated') return updated === created ? undefined : updated;
	return updated === undefined ? created : Math.max(updated, created ?? updated);
}

/** A mark at SuperOffice's time, which must be known by now, so that nothing older is passed on. */
export async function firstMark<R extends DatedRecord>(
	read: ReadWindow<R>,
	{ triggerOn, now, most }: Options,
): Promise<ChangeMark> {
	const since = wholeSecond(now() - overlap);
	const found = await readUpTo(read, { from: since }, triggerOn, most);
	if (found.isMore) return { since: wholeSecond(now()) + second, seen: {} };
	return { since, seen: toSeen(found.records.map(({ id, time }) => [id, time])) };
}

/**
 * What was changed since the mark, oldest first, each record once; and the next mark, for which all of it is dealt with.
 * Clocks of SuperOffice's servers may differ, and changes come to light late, by up to a minute; only where more than
 * `most` records were changed at once, there is no such margin, and one that was changed after it was made is updated.
 */
export async function changesSince<R extends DatedRecord>(
	read: ReadWindow<R>,
	mark: ChangeMark,
	options: Options,
): Promise<{ changes: Array<FoundChange<R>>; mark: ChangeMark }> {
	const { triggerOn, now, most } = options;
	const { found, to, upToId } = await readFrom(read, mark, triggerOn, most);
	const seen = seenById(mark);
	const settled = wholeSecond(now()) + second - settling;
	// What is stamped with a time to come stays unsettled for no longer than clocks differ.
	const isSettled = (time: number) => wholeSecond(time) < settled || time > now() + overlap;
	if (to !== undefined && !isSettled(mark.since)) return { changes: [], mark };
	const fresh = found
		.filter((one) => seen.get(one.id) !== one.time && isSettled(one.time))
		.sort((one, other) => one.time - other.time || one.id - other.id);
	const isNew = ({ id, created }: DatedRecord) =>
		triggerOn !== 'updated' &&
		!seen.has(id) &&
		created !== undefined &&
		created >= mark.since &&
		!isDone(mark, id, created);
	const changes = fresh.map(({ record }): FoundChange<R> => {
		return { record, triggeredBy: isNew(record) ? 'created' : 'updated' };
	});
	// What waits is still to be known as new when its turn comes.
	const waiting = found.filter((one) => !isSettled(one.time) && isNew(one.record));
	for (const { id, time } of fresh) seen.set(id, time);

	const next = Math.min(
		to === undefined ? now() - overlap : Math.min(to, settled),
		...waiting.map(({ record }) => record.created!),
	);
	const since = Math.max(mark.since, wholeSecond(next));
	const last = upToId ?? (since === mark.since ? mark.upToId : undefined);
	const bounds = { since, ...(last === undefined ? {} : { upToId: last }) };
	const kept = [...seen].filter(([id, time]) => time >= since && !isDone(bounds, id, time));
	const nextMark = { ...bounds, seen: toSeen(kept) };
	const isStuck = since === mark.since && last === mark.upToId;
	if (to === undefined || changes.length > 0 || isStuck) return { changes, mark: nextMark };
	// Where it looked there was nothing, but there is more to come.
	return await changesSince(read, nextMark, options);
}

interface Found<R> {
	id: number;
	time: number;
	record: R;
}

/** @returns `to` and `upToId` where that is as far as there was time to look */
async function readFrom<R extends DatedRecord>(
	read: ReadWindow<R>,
	mark: ChangeMark,
	on: TriggerOn,
	most: number,
): Promise<{ found: Array<Found<R>>; to?: number; upToId?: number }> {
	const from = mark.since;
	for (let to: number | undefined; ; ) {
		const { records, isMore } = await readUpTo(read, { from, to }, on, most);
		if (!isMore) {
			return { found: records.filter((one) => !isDone(mark, one.id, one.time)), to };
		}
		// Half of what was read is older, and so is half of the rest, more or less.
		const times = records.map(({ time }) => time).sort((one, other) => one - other);
		to = wholeSecond(times[Math.floor(times.length / 2)]!);
		if (to > from) continue;
		// So many in one second, as after an import, that they can only be taken by their IDs.
		const inSecond = { from, to: from + second, afterId: mark.upToId };
		const page = await readUpTo(read, inSecond, on, most);
		const found = page.records;
		if (!page.isMore) return { found, to: from + second };
		return { found, to: from, upToId: found.at(-1)!.id };
	}
}

/** The records in the window that were changed in the way that counts; `isMore` says that there are others. */
async function readUpTo<R extends DatedRecord>(
	read: ReadWindow<R>,
	window: ChangeWindow,
	on: TriggerOn,
	most: number,
): Promise<{ records: Array<Found<R>>; isMore: boolean }> {
	const { from, to = Infinity } = window;
	const records: Array<Found<R>> = [];
	for await (const record of read(window)) {
		const time = changeTime(record, on);
		if (time === undefined || time < from || time >= to) continue;
		if (records.length === most) return { records, isMore: true };
		records.push({ id: record.id, time, record });
	}
	return { records, isMore: false };
}

function isDone(
	{ since, upToId = 0 }: Omit<ChangeMark, 'seen'>,
	id: number,
	time: number,
): boolean {
	return wholeSecond(time) === since && id <= upToId;
}

function toSeen(changes: Array<[id: number, time: number]>): ChangeMark['seen'] {
	const seen: ChangeMark['seen'] = {};
	for (const [id, time] of changes) (seen[time] ??= []).push(id);
	return seen;
}

function seenById({ seen }: ChangeMark): Map<number, number> {
	const all = Object.entries(seen).flatMap(([time, ids]) =>
		ids.map((id): [number, number] => [id, Number(time)]),
	);
	return new Map(all.sort(([, one], [, other]) => one - other));
}

function wholeSecond(time: number): number {
	return Math.floor(time / second) * second;
}
