import type {ListContext} from '../context.js';
import {dumpInet} from '../inetTable.js';
import {wantsProc} from '../procFiles.js';
import {listProcInet} from '../procInet.js';
import {rowByProtocol} from '../rowByProtocol.js';

/** Lists raw sockets: their ports are IP protocols. */
export function list(context: ListContext): void {
  context.ports.namer = 'raw';
  if (wantsProc(context.io.env, 'raw') || dumpInet(context, 'raw', rowByProtocol(context, 'raw')) !== 'listed') {
    listProcInet(context, 'raw');
  }
}
