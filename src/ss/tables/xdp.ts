import {AF_XDP} from '../../sockdiag/filter/subject.js';
import {STATES} from '../../sockdiag/states.js';
import {type XdpSocket, xdpDump} from '../../sockdiag/xdpDiag.js';
import type {ListContext} from '../context.js';
import type {SsOptions} from '../options.js';
import {addMemory, addPlainRow, beginLine, dumpTable, type RowFields} from '../plainRow.js';

const ZEROCOPY = 1;

/** Lists XDP sockets, of which /proc tells nothing. */
export function list(context: ListContext): void {
  dumpTable(context, xdpDump(), socket => addRow(context, socket));
}

function addRow(context: ListContext, socket: XdpSocket): void {
  const {info, meminfo} = socket;
  const {ifindex, queueId} = info ?? {ifindex: 0, queueId: 0};
  const {details, options, filter} = context;
  if (filter !== undefined) {
    filter.subject.setNumbers(AF_XDP, 0, queueId, 0, 0);
    filter.subject.index = ifindex;
    if (!filter.matches()) return;
  }
  details.position = 0;
  if (options.extended) addExtended(context, socket);
  if (options.memory && meminfo !== undefined) addMemory(context, meminfo);
  const bound = ifindex !== 0;
  addPlainRow(context, {
    netid: 'xdp',
    state: STATES.close,
    recvQ: meminfo?.rmemAlloc ?? 0,
    sendQ: 0,
    local: bound ? `${context.ifname(ifindex)}:` : '*',
    localPort: bound ? `q${queueId}` : '',
    peer: '*',
    peerPort: '',
    fields: context.json && fieldsOf(options, socket),
  });
}

function fieldsOf({memory, extended}: Readonly<SsOptions>, socket: XdpSocket): RowFields {
  const {uid, ino, cookie, rxRing, txRing, umem, umemFillRing, umemCompletionRing, stats, meminfo} = socket;
  return {
    ...(extended && {
      uid,
      inode: ino,
      cookie: cookie.toString(16),
      xdp: {rxRing, txRing, umem, umemFillRing, umemCompletionRing, stats},
    }),
    ...(memory && {memory: meminfo}),
  };
}

function addExtended(context: ListContext, socket: XdpSocket): void {
  const {uid, ino, cookie, umem, stats} = socket;
  const {details} = context;
  if (uid) details.ascii(` uid:${uid}`);
  details.ascii(` ino:${ino} sk:${cookie.toString(16)}`);
  addRing(context, 'rx', socket.rxRing);
  addRing(context, 'tx', socket.txRing);
  if (umem !== undefined) {
    beginLine(context);
    // The reference has a `t` too many in one line.
    if (context.options.oneline) details.ascii('t');
    const {id, size, numPages, chunkSize, headroom, ifindex, queueId, flags, refs} = umem;
    details.ascii(`umem(id:${id},size:${size},num_pages:${numPages},chunk_size:${chunkSize},headroom:${headroom}`);
    details.ascii(`,ifindex:${ifindex},qid:${queueId},zc:${flags & ZEROCOPY},refs:${refs})`);
  }
  addRing(context, 'fr', socket.umemFillRing);
  addRing(context, 'cr', socket.umemCompletionRing);
  if (stats !== undefined) {
    beginLine(context);
    details.ascii(`stats(rx dropped:${stats.rxDropped},rx invalid:${stats.rxInvalid},rx queue full:${stats.rxFull}`);
    details.ascii(`,rx fill ring empty:${stats.fillRingEmpty},tx invalid:${stats.txInvalid}`);
    details.ascii(`,tx ring empty:${stats.txRingEmpty})`);
  }
}

function addRing(context: ListContext, name: string, ring: XdpSocket['rxRing']): void {
  if (ring === undefined) return;
  beginLine(context);
  context.details.ascii(`${name}(entries:${ring.entries})`);
}
