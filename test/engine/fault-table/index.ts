import { checks } from './checks';
import { filledIn } from './filled-in';
import { forged } from './forged';
import { refused } from './refused';
import { survived } from './survived';
import { tenants } from './tenants';
import type { FaultCase } from './types';
import { unavailable } from './unavailable';
import { unexpected } from './unexpected';

export type { ExchangeProtocol, FaultCase, Scene, WrongProxy } from './types';

/** Everything that can go wrong when getting a ticket, or using one that is there, by kind. */
export const faultTable: Record<string, FaultCase[]> = {
	'transient faults, and faults with a fallback': survived,
	refusals: refused,
	'unusable responses': unexpected,
	outages: unavailable,
	'rejected JWTs': forged,
	'tenants that are not running': tenants,
	'invalid input': filledIn,
	'tickets that cannot be checked': checks,
};
