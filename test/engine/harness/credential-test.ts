import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ErrorReporter, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialTestRequest,
	type IDataObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { additionalDataFor } from './additional-data';
import type { StoredCredential } from './credential-store';
import type { CredentialsHelper } from './credentials-helper';
import type { InstalledPackages } from './installed-packages';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

const NODE_TYPE = 'n8n-nodes-base.noOp';

/**
 * The test in the credential form: n8n creates a temporary node that only sends the credential type's
 * `test` request, runs it, and shows the result in one line.
 */
export async function testCredential(
	packages: InstalledPackages,
	helper: CredentialsHelper,
	credential: StoredCredential,
): Promise<CredentialTestResult> {
	const { test } = packages.getCredentialType(credential.type);
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };
	try {
		const body = await requestAsNode(packages, helper, credential, test);
		const failed = test.rules?.find(
			(rule) =>
				rule.type === 'responseSuccessBody' &&
				valueAt(body, rule.properties.key) === rule.properties.value,
		);
		if (failed) return { status: 'Error', message: failed.properties.message };
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		Container.get(ErrorReporter).error(error);
		Container.get(Logger).debug('Credential test failed', error as object as IDataObject);
		return { status: 'Error', message: explain(error as RequestError, test) };
	}
}

async function requestAsNode(
	packages: InstalledPackages,
	helper: CredentialsHelper,
	{ id, name, type, data }: StoredCredential,
	test: ICredentialTestRequest,
): Promise<unknown> {
	const nodeType: INodeType = {
		description: {
			...packages.getByNameAndVersion(NODE_TYPE).description,
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		// As in n8n: the name within its package, so n8n's own check for a credential test never matches.
		type: nodeType.description.name,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name } },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const input = { main: [[{ json: {} }]] };
	const values = helper.applyDefaults(type, data);
	const additionalData = additionalDataFor(withFormValues(helper, values));
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		{ node, data: {}, source: null },
		[],
	);
	const fromForm = { id, name, type, data: values };
	const output = await new RoutingNode(context, nodeType, fromForm).runNode();
	return output?.[0]?.[0]?.json;
}

/** The test uses the values in the form, but what it renews is saved to the stored credential. */
function withFormValues(
	helper: CredentialsHelper,
	values: StoredCredential['data'],
): CredentialsHelper {
	const inForm = Object.create(helper) as CredentialsHelper;
	inForm.getDecrypted = async (...[, details, type, , , raw]) =>
		raw ? (await helper.getCredentials(details, type)).getData() : values;
	return inForm;
}

interface RequestError extends Error {
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

function explain({ message, cause }: RequestError, { rules }: ICredentialTestRequest): string {
	const response = cause?.response;
	if (!response) return cause?.code ?? message;
	const rule = rules?.find(
		({ type, properties }) => type === 'responseCode' && properties.value === response.status,
	);
	return (
		rule?.properties.message ??
		(response.statusText || `Received HTTP status code: ${response.status}`)
	);
}

function valueAt(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}
