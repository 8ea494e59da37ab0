import { json, type Reply } from '../messages';

/** A refusal on its way to the caller. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly errorType: string,
		text: string,
	) {
		super(text);
	}
}

/** 400: what the caller sent cannot be right. */
export function illegal(text: string): ApiError {
	return new ApiError(400, 'ArgumentException', text);
}

/** 404, in SuperOffice's words. */
export function notFound(entity: string, id: number | string): ApiError {
	return new ApiError(404, 'SoNotFoundException', `${entity} id ${id} not found`);
}

/** Answers, or tells what was refused. SuperOffice has the text under another name for 400 than for the rest. */
export function answerOrRefuse(answer: () => Reply): Reply {
	try {
		return answer();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const { status, errorType, message } = error;
		// Failed conditions have no body.
		if (status === 304 || status === 412) return { status, headers: {}, body: '' };
		return json(status, {
			Error: true,
			ErrorType: errorType,
			[status === 400 ? 'Message' : 'ErrorMessage']: message,
			ErrorSource: 'SuperOffice.Services.Implementation',
		});
	}
}
