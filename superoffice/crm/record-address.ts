import type { Entity } from './entity';
export function recordIdFromUrl(
	url: string,
	entity: Entity,
	_tenant: { contextIdentifier: string },
): number {
	return Number(new RegExp(`/${entity.name}/(\\d+)`, 'i').exec(url)?.[1]);
}
export function recordUrl(
	tenant: { environment: string; contextIdentifier: string },
	entity: Entity,
	id: number,
): string {
	return `https://${tenant.environment}.superoffice.com/${tenant.contextIdentifier}/default.aspx?${entity.clientParameter}=${id}`;
}
