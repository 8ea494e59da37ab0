/** The shipped build: it is measured, rather than the sources as a loader compiles them. */
import type * as Credentials from '../credentials/SuperOfficeApi.credentials';
import type * as Library from '../superoffice';
import type * as Parsing from '../superoffice/credentials';
import type * as Verifying from '../superoffice/jwt/verify-jwt';

/* eslint-disable @typescript-eslint/no-require-imports */
export const library = require('../dist/superoffice') as typeof Library;

/** What each exchange does by the library's own means: reads the keys, or finds them read before, and verifies. */
export const { parseCredentials } = require('../dist/superoffice/credentials') as typeof Parsing;
export const { verifyWithKeys } = require('../dist/superoffice/jwt/verify-jwt') as typeof Verifying;

export const { SuperOfficeApi } =
	require('../dist/credentials/SuperOfficeApi.credentials') as typeof Credentials;
