import { filledIn } from './filled-in';
import { forged } from './forged';
import { refused } from './refused';
import { survived } from './survived';
import { tenants } from './tenants';
import type { FaultCase } from './types';
import { unavailable } from './unavailable';
import { unexpected } from './unexpected';

export type { ExchangeProtocol, FaultCase, Scene, WrongProxy } from './types';

/** What can go wrong on the way to a ticket, by kind. */
export const faultTable: Record<string, FaultCase[]> = {
	'what passes, or can be got around': survived,
	'what SuperOffice turns down': refused,
	'what is no answer': unexpected,
	'what is down': unavailable,
	'what is not believed': forged,
	'what is wrong with the tenant': tenants,
	'what is filled in wrongly': filledIn,
};
