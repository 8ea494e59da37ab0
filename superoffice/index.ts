/**
 * SuperOffice CRM Online's system user flow for Node.js: sign, exchange, verify. Knows nothing of n8n.
 */
export type { Application, ExchangeProtocol } from './application';
export { describeClaims, type Claims } from './claims';
export { environments, isSuperOfficeUrl, type Environment } from './environments';
export { SuperOfficeError, type SuperOfficeErrorCode } from './errors';
export { fingerprint } from './fingerprint';
export type { Http, HttpRequest, HttpResponse, Surroundings } from './http';
export { verifySystemUserJwt, type VerifyOptions } from './jwt';
export { Memory } from './memory';
export { principalPath, ticketHeaders } from './principal';
export type { Jwks } from './public-keys';
export { signSystemUserToken } from './system-user-token';
export { getSystemUserTicket, type SystemUserTicket } from './ticket';
export { TicketStore, type StoreAnswer } from './ticket-store';
