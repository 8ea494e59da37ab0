import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';
import { LoggerProxy } from 'n8n-workflow';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LogRecorder } from './log-recorder';

let log: LogRecorder | undefined;

/**
 * Sets up what n8n-core expects of the process it runs in: a logger and the settings of this n8n
 * instance. Both live in n8n's one container per process, so every engine shares them.
 */
export function startHost(): LogRecorder {
	if (log) return log;
	log = new LogRecorder();
	Container.set(Logger, log as unknown as Logger);
	LoggerProxy.init(log);
	createInstanceSettings();
	return log;
}

/**
 * n8n writes its encryption key to a folder once, and reads it from memory from then on. The folder
 * is removed before the first workflow runs, so a test that crashes leaves nothing behind.
 */
function createInstanceSettings() {
	const usual = process.env.N8N_USER_FOLDER;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-user-folder-'));
	process.env.N8N_USER_FOLDER = folder;
	try {
		Container.get(InstanceSettings);
	} finally {
		rmSync(folder, { recursive: true, force: true });
		if (usual === undefined) delete process.env.N8N_USER_FOLDER;
		else process.env.N8N_USER_FOLDER = usual;
	}
}
