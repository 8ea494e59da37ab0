/** The workflows that are run: those of `examples/`, with their Code and Split Out nodes done here. */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Engine, WorkflowToRun } from '../test/engine/harness';
import { chain, example } from '../test/engine/support/workflows';
import type { Company } from './messages';

const sync = example('sync-changed-companies.json');
const ticket = example('get-a-ticket-and-call-the-api.json');

/**
 * The sync of changed companies, by the credential and page by page.
 *
 * @param memory the workflow's static data, as its last run left it; changed as the workflow changes it
 * @returns the companies
 * @throws what the run failed of
 */
export async function runSync(
	engine: Engine,
	memory: IDataObject,
	items: number,
): Promise<Company[]> {
	const begun = runCode(sync, 'Since when?', memory, () => []);
	const result = await engine.run(chain(find(sync, 'Changed companies')), {
		triggerItems: Array.from({ length: items }, () => begun[0]!.json),
	});
	if (result.error) throw result.error;
	const pages = result.output('Changed companies');
	runCode(sync, 'Remember this run', memory, (name) =>
		name === 'Since when?' ? begun : result.output(name),
	);
	return pages.flatMap(({ json }) => (json.body as { value: Company[] }).value);
}

/** Get System User Ticket, and HTTP Request with that ticket in its header. Throws what the run failed of. */
export async function runWithTicket(engine: Engine, items: number): Promise<void> {
	const request = structuredClone(find(ticket, 'Who am I?'));
	// Not currentPrincipal: that is how checks of a ticket are told from everything else.
	request.parameters.url = '={{ $json.webApiUrl }}/v1/Contact/1';
	const result = await engine.run(chain(find(ticket, 'Get System User Ticket'), request), {
		triggerItems: Array.from({ length: items }, () => ({})),
	});
	if (result.error) throw result.error;
	const { length } = result.output(request.name);
	if (length !== items) throw new Error(`${length} items came out instead of ${items}`);
}

function find({ nodes }: WorkflowToRun, name: string): INode {
	const found = nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`The example has no node ${name}`);
	return found;
}

/** Runs a Code node, with as much of n8n around it as the example uses. */
function runCode(
	workflow: WorkflowToRun,
	name: string,
	memory: IDataObject,
	output: (nodeName: string) => INodeExecutionData[],
): INodeExecutionData[] {
	const { jsCode } = find(workflow, name).parameters as { jsCode: string };
	const code = new Function('$getWorkflowStaticData', '$', jsCode);
	return code(
		() => memory,
		(nodeName: string) => ({ first: () => output(nodeName)[0] }),
	) as INodeExecutionData[];
}
