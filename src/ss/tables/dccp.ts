import type {ListContext} from '../context.js';
import {dumpInet} from '../inetTable.js';
import {dumpOldInet} from '../oldInet.js';
import {wantsProc} from '../procFiles.js';

/** Lists DCCP sockets, of which /proc tells nothing. */
export function list(context: ListContext): void {
  if (wantsProc(context.io.env, 'dccp')) return;
  if (dumpInet(context, 'dccp') === 'refused') dumpOldInet(context, 'dccp');
}
