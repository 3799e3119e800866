import {u32} from '../../sockdiag/littleEndian.js';
import type {ListContext} from '../context.js';
import {addInetRow} from '../inetRow.js';
import {dumpInet} from '../inetTable.js';
import {wantsProc} from '../procFiles.js';
import {ASSOCIATION_STATES, writeSctpInfo} from '../sctpInfo.js';

/** Where struct inet_diag_msg has the inode. */
const INODE = 68;

/**
 * Lists SCTP sockets, of which /proc tells nothing. Associations follow their socket under its inode, and are shown as
 * branches of it.
 */
export function list(context: ListContext): void {
  if (wantsProc(context.io.env, 'sctp')) return;
  const {filter} = context;
  let last = -1;
  context.writeInfo = (out, message, attributes) => writeSctpInfo(out, message, attributes, context.hostNames);
  context.timerName = 'T3_RTX';
  dumpInet(context, 'sctp', (buf, at, end) => {
    // What a filter leaves out is between no two rows.
    if (end - at < INODE + 4 || filter?.matchesInet(buf, at, end) === false) return;
    const inode = u32(buf, at + INODE);
    const name = ASSOCIATION_STATES[buf[at + 1] as number] ?? '(null)';
    context.branch = inode === last ? name : undefined;
    last = inode;
    addInetRow(context, 'sctp', buf, at, end);
  });
  context.branch = context.writeInfo = context.timerName = undefined;
}
