import {etherTypeName} from '../../names/etherTypes.js';
import {procPacketSockets} from '../../procfs/packetSockets.js';
import {PACKET_SHOW, type PacketSocket, packetDump} from '../../sockdiag/packetDiag.js';
import {STATES} from '../../sockdiag/states.js';
import type {ListContext} from '../context.js';
import type {SsOptions} from '../options.js';
import {addMemory, addPlainRow, beginLine, dumpTable, type RowFields} from '../plainRow.js';
import {procFile, wantsProc} from '../procFiles.js';

const RAW = 3;
/** Protocol of sockets that take every packet. */
const ETH_P_ALL = 3;
const SHOW = PACKET_SHOW.info | PACKET_SHOW.ringCfg | PACKET_SHOW.fanout | PACKET_SHOW.meminfo | PACKET_SHOW.filter;
const FLAGS = ['running', 'auxdata', 'origdev', 'vnethdr', 'loss'];
const FANOUT = ['hash', 'lb', 'cpu', 'roll', 'random', 'qm'];

/** What a row shows: of /proc less is known. */
type Shown = Pick<PacketSocket, 'type' | 'num' | 'ino' | 'uid' | 'cookie'> & Partial<PacketSocket>;

/** Lists packet sockets. */
export function list(context: ListContext): void {
  const {env} = context.io;
  const dumped =
    !wantsProc(env, 'packet') &&
    dumpTable(context, packetDump(SHOW), socket =>
      addRow(context, socket, socket.info?.index ?? 0, socket.meminfo?.rmemAlloc ?? 0),
    );
  if (dumped) return;
  for (const {type, protocol, index, rmem, uid, ino} of procPacketSockets(procFile(env, 'packet'))) {
    addRow(context, {type, num: protocol, ino, uid, cookie: 0n}, index, rmem);
  }
}

function addRow(context: ListContext, socket: Shown, index: number, recvQ: number): void {
  const {options, details, filter} = context;
  if (filter !== undefined) {
    filter.subject.setPacket(socket.num, index);
    if (!filter.matches()) return;
  }
  details.position = 0;
  context.writeOwners(socket.ino);
  if (options.extended) addExtended(context, socket);
  if (options.bpf > 0 && socket.filter !== undefined) addFilter(context, socket.filter);
  if (options.memory && socket.meminfo !== undefined) addMemory(context, socket.meminfo);
  addPlainRow(context, {
    netid: socket.type === RAW ? 'p_raw' : 'p_dgr',
    state: STATES.close,
    recvQ,
    sendQ: 0,
    local: `${protocolText(socket.num, options.numeric)}:`,
    localPort: index === 0 ? '*' : context.ifname(index),
    peer: '*',
    peerPort: '',
    fields: context.json && fieldsOf(options, socket),
  });
}

function fieldsOf({memory, extended, bpf}: Readonly<SsOptions>, socket: Shown): RowFields {
  const {uid, ino, cookie, info, rxRing, txRing, fanout, filter, meminfo} = socket;
  return {
    ...(extended && {
      uid,
      inode: ino,
      cookie: cookie === 0n ? undefined : cookie.toString(16),
      packet: {
        ...(info && {version: info.version, copyThresh: info.copyThresh, flags: flagNames(info.flags)}),
        ...(rxRing && {rxRing}),
        ...(txRing && {txRing}),
        ...(fanout !== undefined && {fanout: {id: fanout & 0xffff, type: FANOUT[fanout >>> 16] ?? fanout >>> 16}}),
      },
    }),
    ...(bpf > 0 && {bpf: filter}),
    ...(memory && {memory: meminfo}),
  };
}

function flagNames(flags: number): string[] {
  return FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0);
}

function protocolText(protocol: number, numeric: boolean): string {
  if (protocol === ETH_P_ALL) return '*';
  const name = numeric ? undefined : etherTypeName(protocol);
  return name ?? `[${protocol}]`;
}

function addExtended(context: ListContext, {uid, ino, cookie, info, rxRing, txRing, fanout}: Shown): void {
  const {details} = context;
  if (uid) details.ascii(` uid:${uid}`);
  details.ascii(` ino:${ino} sk:${cookie.toString(16)}`);
  if (info !== undefined) {
    beginLine(context);
    const words = info.flags === 0 ? '0' : flagNames(info.flags).join(' ');
    details.ascii(`ver:${info.version} cpy_thresh:${info.copyThresh} flags( ${words} )`);
  }
  if (rxRing !== undefined) addRing(context, 'rx', rxRing);
  if (txRing !== undefined) addRing(context, 'tx', txRing);
  if (fanout !== undefined) {
    beginLine(context);
    const type = fanout >>> 16;
    details.ascii(`fanout(id:${fanout & 0xffff},type:${FANOUT[type] ?? `0x${type.toString(16)}`})`);
  }
}

function addRing(context: ListContext, name: string, ring: NonNullable<PacketSocket['rxRing']>): void {
  beginLine(context);
  const {blockSize, blockNr, frameSize, frameNr, retireTmo, features} = ring;
  const text = `blk_size:${blockSize},blk_nr:${blockNr},frm_size:${frameSize},frm_nr:${frameNr},tmo:${retireTmo}`;
  context.details.ascii(`ring_${name}(${text},features:0x${features.toString(16)})`);
}

function addFilter(context: ListContext, filter: NonNullable<PacketSocket['filter']>): void {
  beginLine(context);
  context.details.ascii(`bpf filter (${filter.length}): `);
  for (const {code, jt, jf, k} of filter) {
    context.details.ascii(` 0x${code.toString(16).padStart(2, '0')} ${jt} ${jf} ${k},`);
  }
}
