import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from '../../control/clock';
import { Timers } from '../../server/timers';
import { Lane } from './lane';
import type { Targets } from './targets';
import type { Webhook } from './webhook';

/** One call of a target. */
export interface Attempt {
	webhookId: number;
	event: string;
	eventId: string;
	/** 0 for the first */
	retry: number;
	/** The status, or the system code of why there was no answer */
	outcome: number | string;
	/** How long it took, in milliseconds */
	milliseconds: number;
	/** When it was sent, by the real clock */
	startedAt: Date;
}

/** What happened, as it is sent. */
export interface EventBody extends Record<string, unknown> {
	EventId: string;
	Event: string;
}

/** Milliseconds before the second and the third try. */
const DELAYS = [1000, 4000];
const MOST_FAILURES = 9;
/** Not documented: how many events go to a webhook at once. */
const AT_ONCE = 50;

/** Delivers events: three tries each, and again from the start, until the target takes it or the webhook is stopped. */
export class Deliveries {
	/** Divides the time between tries */
	speed = 1;

	/** All calls, in the order of their answers */
	readonly attempts: Attempt[] = [];

	private readonly timers = new Timers();

	private readonly lanes = new Map<Webhook, Lane>();

	private isClosed = false;

	private underWay = 0;

	private waiting: Array<() => void> = [];

	constructor(
		readonly targets: Targets,
		private readonly clock: Clock,
	) {}

	/** Sends an event in the background. What is raised while the webhook is not active is lost. */
	deliver(webhook: Webhook, body: EventBody): void {
		if (this.isClosed || webhook.state !== 'Active' || webhook.type !== 'webhook') return;
		const lane = this.lanes.get(webhook) ?? new Lane();
		this.lanes.set(webhook, lane);
		this.underWay += 1;
		lane.waiting.push(body);
		this.startNext(webhook, lane);
	}

	/** Gives up what is on its way to a webhook. */
	discard(webhook: Webhook): void {
		const lane = this.lanes.get(webhook);
		this.lanes.delete(webhook);
		if (lane) this.leave(lane.end());
	}

	/** Resolves when nothing is on its way. */
	async done(): Promise<void> {
		if (this.underWay > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	close(): void {
		this.isClosed = true;
		for (const webhook of [...this.lanes.keys()]) this.discard(webhook);
		this.timers.clear();
		this.targets.close();
	}

	/** Calls the target once with the test event. @returns undefined if it answers 200, or what it did instead */
	async test(webhook: Webhook, contextIdentifier: string): Promise<string | undefined> {
		const body: EventBody = {
			EventId: randomUUID(),
			Timestamp: timestamp(this.clock.now()),
			Changes: [],
			Event: 'test',
			PrimaryKey: 0,
			Entity: 'test',
			ContextIdentifier: contextIdentifier,
			ChangedByAssociateId: webhook.updatedBy,
			WebhookName: webhook.name,
		};
		const outcome = await this.call(webhook, body, 0, {
			'X-Hook-Test': 'true',
			// The sample in the documentation has another one than its body.
			'X-SuperOffice-EventId': randomUUID(),
		});
		return outcome === 200 ? undefined : describe(outcome);
	}

	private startNext(webhook: Webhook, lane: Lane): void {
		while (lane.running < AT_ONCE && lane.waiting.length > 0) {
			const body = lane.waiting.shift()!;
			lane.running += 1;
			void this.cycle(webhook, body, lane).then((isAgain) => {
				lane.running -= 1;
				// To the back of the queue, under a new id.
				if (isAgain) this.deliver(webhook, { ...body, EventId: randomUUID() });
				this.startNext(webhook, lane);
				this.leave(1);
			});
		}
	}

	private leave(count: number): void {
		this.underWay -= count;
		if (this.underWay === 0) for (const done of this.waiting.splice(0)) done();
	}

	/** @returns whether the event is to be sent again */
	private async cycle(webhook: Webhook, body: EventBody, lane: Lane): Promise<boolean> {
		const isOver = () => lane.isOver || webhook.state !== 'Active';
		for (let retry = 0; retry <= DELAYS.length; retry += 1) {
			if (retry > 0) {
				const delay = DELAYS[retry - 1]! / this.speed;
				await lane.sleep(delay, (time, action) => this.timers.after(time, action));
			}
			if (isOver()) return false;
			const outcome = await this.call(webhook, body, retry);
			webhook.totalCalls += 1;
			if (outcome !== 200) webhook.totalErrors += 1;
			// It was stopped meanwhile, and may have been started again.
			if (isOver()) return false;
			webhook.consecutiveErrors = outcome === 200 ? 0 : webhook.consecutiveErrors + 1;
			if (outcome === 200) return false;
			webhook.lastError = describe(outcome);
			if (outcome === 410 || webhook.consecutiveErrors >= MOST_FAILURES) {
				webhook.state = 'TooManyErrors';
				this.discard(webhook);
				return false;
			}
		}
		return true;
	}

	private async call(
		webhook: Webhook,
		body: EventBody,
		retry: number,
		headers: Record<string, string> = {},
	): Promise<number | string> {
		const text = JSON.stringify(body);
		const startedAt = new Date();
		const start = performance.now();
		const outcome = await this.targets.post(
			webhook.targetUrl,
			{
				'Content-Type': 'application/json; charset=utf-8',
				'User-Agent': 'NetServer-Webhook/10.0',
				'X-SuperOffice-Event': body.Event,
				'X-SuperOffice-EventId': body.EventId,
				...(webhook.secret && { 'X-SuperOffice-Signature': sign(webhook.secret, text) }),
				...(retry > 0 && { 'X-SuperOffice-Retry': String(retry) }),
				...webhook.headers,
				...headers,
			},
			text,
		);
		const told = 'status' in outcome ? outcome.status : outcome.code;
		this.attempts.push({
			webhookId: webhook.id,
			event: body.Event,
			eventId: body.EventId,
			retry,
			outcome: told,
			milliseconds: performance.now() - start,
			startedAt,
		});
		return told;
	}
}

export function sign(secret: string, body: string): string {
	return createHmac('sha256', Buffer.from(secret, 'utf8')).update(body, 'utf8').digest('base64');
}

/** With the seven decimals of .NET. */
export function timestamp(date: Date): string {
	return date.toISOString().replace('Z', '0000Z');
}

function describe(outcome: number | string): string {
	return typeof outcome === 'number'
		? `Response status code does not indicate success: ${outcome}.`
		: `The target did not answer: ${outcome}.`;
}
