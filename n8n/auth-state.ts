import { AuthState, TicketStore } from '../superoffice';

/** The one state of this process: all credentials and nodes share it. */
export const authState = new AuthState();

export const ticketStore = new TicketStore(authState);
