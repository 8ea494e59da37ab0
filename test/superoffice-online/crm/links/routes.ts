import type { Call, Reply } from '../../messages';
import { answerOrRefuse } from '../errors';
import type { Tenant } from '../tenants';
import { answerDuplicates } from './duplicates';
import { answerInterests } from './interests';
import { answerMerge } from './merge';
import { answerSelectionMembers } from './selections';

/** Answers what connects records, and what brings several together. Undefined for all else. */
export function answerLinks(call: Call, tenant: Tenant, resource: string): Reply | undefined {
	const answer =
		answerSelectionMembers(call, tenant, resource) ??
		answerInterests(call, tenant, resource) ??
		answerMerge(call, tenant, resource) ??
		answerDuplicates(call, tenant, resource);
	return answer && answerOrRefuse(answer);
}
