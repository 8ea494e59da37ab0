import { Container } from '@n8n/di';
import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** The rest of n8n as a running workflow sees it: URLs that nobody calls, and features that are not included. */
export function additionalDataFor(
	credentialsHelper: ICredentialsHelper,
	run: { executionId?: string; workflowId?: string; hooks?: ExecutionLifecycleHooks } = {},
): IWorkflowExecuteAdditionalData {
	const address = 'http://n8n.invalid/';
	return {
		...run,
		credentialsHelper,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: address,
		restApiUrl: `${address}rest`,
		formBaseUrl: `${address}form`,
		formTestBaseUrl: `${address}form-test`,
		formWaitingBaseUrl: `${address}form-waiting`,
		webhookBaseUrl: `${address}webhook`,
		webhookTestBaseUrl: `${address}webhook-test`,
		webhookWaitingBaseUrl: `${address}webhook-waiting`,
		mcpBaseUrl: `${address}mcp`,
		mcpTestBaseUrl: `${address}mcp-test`,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		logAiEvent: () => {},
		executeWorkflow: notHere('Sub-workflows'),
		startRunnerTask: notHere('Task runners'),
	};
}

function notHere(what: string) {
	return async (): Promise<never> => {
		throw new Error(`${what} are not part of the test engine`);
	};
}
