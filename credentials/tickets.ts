import { TicketStore } from '../superoffice';

/** The one store of this process: the credential and the nodes share it. */
export const tickets = new TicketStore();
