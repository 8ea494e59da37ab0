import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

interface Step {
	uses?: string;
	with?: Record<string, unknown>;
	run?: string;
}

interface Job {
	needs?: string;
	environment?: string;
	permissions?: Record<string, string>;
	steps: Step[];
}

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const folder = join(__dirname, '../../.github/workflows');
const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
const workflows = sources.map((source) => parse(source) as Workflow);
const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));
const { jobs } = parse(readFileSync(join(folder, 'publish.yml'), 'utf8')) as Workflow;
const publish = jobs.publish!;
const commandsOf = (job: Job) => job.steps.flatMap(({ run = '' }) => run.split('\n')).join('\n');

describe('every workflow', () => {
	test('may only read, but for the job that publishes', () => {
		for (const { permissions } of workflows) expect(permissions).toEqual({ contents: 'read' });
		const withMore = workflows
			.flatMap((workflow) => Object.entries(workflow.jobs))
			.filter(([, { permissions }]) => permissions !== undefined);
		expect(withMore).toEqual([['publish', publish]]);
		expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	});

	test('uses only actions pinned to a commit, whose version a comment names', () => {
		const used = steps.flatMap(({ uses }) => uses ?? []);
		expect(used.length).toBeGreaterThan(3);
		for (const action of used) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
		const lines = sources.flatMap((source) => source.match(/uses: .*/g) ?? []);
		expect(lines).toHaveLength(used.length);
		for (const line of lines) expect(line).toMatch(/ # v\d/);
	});

	test('leaves no token behind in the clone', () => {
		for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
			expect(step.with).toMatchObject({ 'persist-credentials': false });
		}
	});

	test('hands values to commands in variables, where a shell does not read them as code', () => {
		for (const { run = '' } of steps) expect(run).not.toContain('${{');
	});
});

describe('publishing', () => {
	test('waits for the tests, and for the reviewers of the environment npm', () => {
		expect(publish.needs).toBe('test');
		expect(publish.environment).toBe('npm');
		expect(commandsOf(jobs.test!)).toContain('.ci/run');
	});

	test('runs no tests and no n8n beside the right to publish, and nothing at installing', () => {
		const commands = commandsOf(publish);
		expect(commands).not.toMatch(/\.ci\/|npm (start|test|t\b)|npx|run (?!build)|n8n(?!-nodes)/);
		const installs = commands.match(/npm (ci|i|install)\b.*/g);
		expect(installs).toEqual(['npm ci --ignore-scripts']);
	});

	test('takes nothing but a digest from the tests: no cache, no artifact', () => {
		for (const { uses = '', with: options = {} } of Object.values(jobs).flatMap(
			(job) => job.steps,
		)) {
			expect(uses).toMatch(/^actions\/(checkout|setup-node)@|^$/);
			expect(options).not.toHaveProperty('cache');
			if (!uses.startsWith('actions/setup-node@')) continue;
			expect(options).toHaveProperty('package-manager-cache', false);
		}
	});

	test('compares the tarball with what was tested, and publishes that file', () => {
		const [compare, publishing] = commandsOf(publish).trim().split('\n').slice(-2);
		expect(compare).toBe('node scripts/check-tarball.mjs "$tarball" "$TESTED"');
		expect(publishing).toBe('npm publish "./$tarball" --provenance --access public');
	});
});
