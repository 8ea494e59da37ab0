/** What is shipped: it is measured, rather than what a loader makes of the sources. */
import type * as Credentials from '../credentials/SuperOfficeApi.credentials';
import type * as Library from '../superoffice';

/* eslint-disable @typescript-eslint/no-require-imports */
export const library = require('../dist/superoffice') as typeof Library;

export const { SuperOfficeApi } =
	require('../dist/credentials/SuperOfficeApi.credentials') as typeof Credentials;
