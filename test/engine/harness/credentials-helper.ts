import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialsExpressionResolveValues,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { CredentialStore } from './credential-store';
import type { InstalledPackages } from './installed-packages';

/** What n8n does with credentials while a workflow runs, on top of a {@link CredentialStore}. */
export class CredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly packages: InstalledPackages,
		private readonly store: CredentialStore,
	) {
		super();
	}

	getParentTypes(type: string): string[] {
		return this.packages.getParentTypes(type);
	}

	isCredentialUsableByNode(type: string, nodeType: string): boolean {
		if (!this.packages.getCredentialType(type).restrictToSupportedNodes) return true;
		return this.packages.getSupportedNodes(type).includes(nodeType);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const own = this.packages.getCredentialType(type);
		const properties: INodeProperties[] = [];
		for (const parent of own.extends ?? []) {
			NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(properties, own.properties);
		return properties;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<Credentials> {
		const { id, name, data } = await this.store.read(details.id, type);
		const credentials = new Credentials({ id, name }, type);
		await credentials.setData(data);
		return credentials;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const { data } = await this.store.read(details.id, type);
		if (raw) return data;
		const values = this.applyDefaults(type, data);
		if (!resolve) return values;
		const { workflow, node, runExecutionData, runIndex, itemIndex, connectionInputData } = resolve;
		return workflow.expression.getParameterValue(
			values as INodeParameters,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			false,
			values,
		) as ICredentialDataDecryptedObject;
	}

	/** Fills in the defaults of the credential type and drops every field it does not declare. */
	applyDefaults(
		type: string,
		data: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const stored = data as INodeParameters;
		const values = NodeHelpers.getNodeParameters(properties, stored, true, false, null, null);
		return values as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.packages.getCredentialType(type);
		const options = request as IHttpRequestOptions;
		if (!authenticate) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!workflow || !node) throw new Error('A declared authenticate needs a workflow and a node');

		const resolve = (text: string): string => {
			if (!isExpression(text)) return text;
			const keys = { $credentials: credentials };
			const { expression } = workflow;
			const value = expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '');
			return String(value || '');
		};
		options.headers ??= {};
		for (const [part, fields] of Object.entries(authenticate.properties)) {
			const target = ((options as unknown as IDataObject)[part] ??= {}) as IDataObject;
			for (const [name, value] of Object.entries(fields as Record<string, string>)) {
				target[resolve(name)] = resolve(value);
			}
		}
		return options;
	}

	/** Runs the credential's hook when n8n would, saves what it returns, and passes it to the request. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { name, preAuthentication, properties } = this.packages.getCredentialType(type);
		const expirable = properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || !preAuthentication) return undefined;
		if (credentials[expirable] !== '' && !credentialsExpired && !isCredentialTest(node)) {
			return undefined;
		}
		const output = (await preAuthentication.call(
			withinAllowedDomains(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject;
		const details = node.credentials?.[name];
		if (output[expirable] === undefined || !details) return undefined;

		const { data: stored } = await this.store.read(details.id, type);
		const renewed = Object.entries(output).filter(
			// Keep the user's expressions instead of the values they resolved to.
			([field]) => field === expirable || !isExpression(stored[field]),
		);
		await this.updateCredentials(details, type, { ...stored, ...Object.fromEntries(renewed) });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.packages.getCredentialType(type);
		const output: unknown = await preAuthentication?.call(
			withinAllowedDomains(helpers, credentials),
			credentials,
		);
		return (output as ICredentialDataDecryptedObject | null | undefined) ?? undefined;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.store.update(details.id, type, data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		const { data } = await this.store.read(details.id, type);
		await this.store.update(details.id, type, {
			...data,
			...(oauthTokenData === undefined ? {} : { oauthTokenData }),
		});
	}
}

/** n8n recognizes its credential test by the temporary node it creates for it. */
function isCredentialTest(node: INode): boolean {
	return node.type === 'n8n-nodes-base.noOp' && node.parameters.temp === '';
}

/** A credential's domain restriction applies to its own requests, too. */
function withinAllowedDomains(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestHelper {
	const httpRequest: IHttpRequestHelper['helpers']['httpRequest'] = async (options) => {
		const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
		if (allowedDomains === undefined) return await helpers.httpRequest(options);
		if (options.allowedDomains !== undefined) {
			throw new UserError('The credential and its authentication both restrict domains.');
		}
		return await helpers.httpRequest({ ...options, allowedDomains });
	};
	return { helpers: { httpRequest } };
}
