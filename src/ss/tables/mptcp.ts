import type {ListContext} from '../context.js';
import {dumpInet} from '../inetTable.js';

/** Lists MPTCP sockets. */
export function list(context: ListContext): void {
  dumpInet(context, 'mptcp');
}
