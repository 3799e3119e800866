import {AF_VSOCK} from '../../sockdiag/filter/subject.js';
import {type VsockSocket, vsockDump} from '../../sockdiag/vsockDiag.js';
import {directions} from '../cells.js';
import type {ListContext} from '../context.js';
import {addPlainRow, dumpTable} from '../plainRow.js';
import {TABLE} from '../tables.js';

const STREAM = 1;
const DGRAM = 2;
/** All ones: any machine, any port. */
const ANY = 0xffffffff;

/** Lists vsock sockets, of which /proc tells nothing. */
export function list(context: ListContext): void {
  dumpTable(context, vsockDump(context.options.states), socket => addRow(context, socket));
}

function addRow(context: ListContext, socket: VsockSocket): void {
  const {type, state, srcCid, srcPort, dstCid, dstPort, ino, cookie, shutdown} = socket;
  const {details, options, filter} = context;
  // Other types are listed with either table.
  if (type === STREAM && !context.wants(TABLE.vsockStream)) return;
  if (type === DGRAM && !context.wants(TABLE.vsockDgram)) return;
  if (filter !== undefined) {
    filter.subject.setNumbers(AF_VSOCK, srcCid, srcPort, dstCid, dstPort);
    if (!filter.matches()) return;
  }
  details.position = 0;
  context.writeOwners(ino);
  addPlainRow(context, {
    netid: type === STREAM ? 'v_str' : type === DGRAM ? 'v_dgr' : '???',
    state,
    recvQ: 0,
    sendQ: 0,
    local: `${numberText(srcCid)}:`,
    localPort: numberText(srcPort),
    peer: `${numberText(dstCid)}:`,
    peerPort: numberText(dstPort),
    fields:
      context.json &&
      (options.extended ? {inode: ino, cookie: cookie.toString(16), shutdown: directions(shutdown)} : {}),
  });
}

function numberText(n: number): string {
  return n === ANY ? '*' : String(n);
}
