import type {ListContext} from '../context.js';
import {dumpInet} from '../inetTable.js';
import {writeMptcpInfo} from '../mptcpInfo.js';
import {wantsProc} from '../procFiles.js';

/** Lists MPTCP sockets, of which /proc tells nothing. */
export function list(context: ListContext): void {
  if (wantsProc(context.io.env, 'mptcp')) return;
  context.writeInfo = writeMptcpInfo;
  dumpInet(context, 'mptcp');
  context.writeInfo = undefined;
}
