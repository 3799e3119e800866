import type {ListContext} from '../context.js';
import {dumpInet} from '../inetTable.js';
import {wantsProc} from '../procFiles.js';

/** Lists SCTP sockets, of which /proc tells nothing. */
export function list(context: ListContext): void {
  if (!wantsProc(context.io.env, 'sctp')) dumpInet(context, 'sctp');
}
