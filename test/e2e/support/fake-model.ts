import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Message {
	role: string;
	content: unknown;
}

interface Request {
	messages: Message[];
	tools: Array<{ function: { name: string; description: string } }>;
}

/** A stand-in for a model's provider, with OpenAI's Chat Completions API on loopback. */
export interface FakeModel {
	/** http://127.0.0.1:PORT/v1 */
	url: string;
	/** The bodies of all requests, as they came. */
	received: string[];
	close(): void;
}

/**
 * Starts it. It calls the first tool that it is offered, once, then closes the conversation.
 *
 * @param input what it gives to the tool
 */
export async function startFakeModel(input: object): Promise<FakeModel> {
	const received: string[] = [];
	const server = createServer(async (request, response) => {
		const body = await text(request);
		received.push(body);
		const answer = answerTo(JSON.parse(body) as Request, input);
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify(answer));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/v1`, received, close: () => server.close() };
}

function answerTo({ messages, tools }: Request, input: object) {
	const isAnswered = messages.some(({ role }) => role === 'tool');
	const call = {
		id: 'call_1',
		type: 'function',
		function: { name: tools[0]!.function.name, arguments: JSON.stringify(input) },
	};
	const message = isAnswered ? { content: 'Done.' } : { content: null, tool_calls: [call] };
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'fake',
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...message },
				finish_reason: isAnswered ? 'stop' : 'tool_calls',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
