import { install } from '@sinonjs/fake-timers';

/** This process's `Date`: it stands still until it is set. Timers, `performance.now()` and sockets keep real time. */
export const ownDate = install({ now: Date.now(), toFake: ['Date'] });
