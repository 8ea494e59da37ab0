import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { toNodeError } from '../../../n8n/errors';

type Method = (this: ILoadOptionsFunctions, ...values: never[]) => Promise<unknown>;

/** The same methods, whose errors n8n shows in the panel with what to do about them. */
export function withNodeErrors<Methods extends Record<string, Method>>(methods: Methods): Methods {
	const wrapped = Object.entries(methods).map(([name, method]): [string, Method] => [
		name,
		async function (this, ...values) {
			return await method.apply(this, values).catch((error: unknown) => {
				throw toNodeError(this.getNode(), error);
			});
		},
	]);
	return Object.fromEntries(wrapped) as Methods;
}
