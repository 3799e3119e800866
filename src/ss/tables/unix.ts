import {procUnixSockets} from '../../procfs/unixSockets.js';
import {procUnixState, STATES} from '../../sockdiag/states.js';
import {UDIAG_SHOW, type UnixSocket, unixDump} from '../../sockdiag/unixDiag.js';
import {directions} from '../cells.js';
import type {ListContext} from '../context.js';
import type {SsOptions} from '../options.js';
import {addMemory, addPlainRow, dumpTable, type RowFields} from '../plainRow.js';
import {procFile, wantsProc} from '../procFiles.js';
import {TABLE} from '../tables.js';

const STREAM = 1;
const DGRAM = 2;
const SEQPACKET = 5;
/** The reference sorts the rows of /proc/net/unix in parts of this many. */
const PART = 1681;
const AT = 64;
/** The kernel's own form of a device number. */
const MINOR_BITS = 20;
const MINOR = 0xfffff;

/** What a row shows: of /proc less is known. */
type Shown = Pick<UnixSocket, 'type' | 'state' | 'ino' | 'name'> & Partial<UnixSocket>;

/** Lists unix sockets. */
export function list(context: ListContext): void {
  const {options, io} = context;
  if (!wantsProc(io.env, 'unix')) {
    const show =
      UDIAG_SHOW.name |
      UDIAG_SHOW.peer |
      UDIAG_SHOW.rqlen |
      (options.memory ? UDIAG_SHOW.meminfo : 0) |
      (options.extended ? UDIAG_SHOW.vfs | UDIAG_SHOW.icons : 0);
    if (dumpTable(context, unixDump(show, options.states), socket => addRow(context, socket))) return;
  }
  listProc(context);
}

function listProc(context: ListContext): void {
  const sockets = procUnixSockets(procFile(context.io.env, 'unix')).map(({flags, type, state, ino, name}): Shown => {
    const bytes = name === undefined ? undefined : Buffer.from(name, 'latin1');
    return {type, state: procState(flags, type, state), ino, name: bytes};
  });
  for (let from = 0; from < sockets.length; from += PART) {
    const part = sockets.slice(from, from + PART);
    part.sort((a, b) => a.type - b.type || (a.ino >>> 0) - (b.ino >>> 0));
    for (const socket of part) {
      // No filter knows its inode.
      if ((context.options.states & (1 << socket.state)) !== 0) addRow(context, socket, 0);
    }
  }
}

/** A datagram socket without a peer is called established there. */
function procState(flags: number, type: number, state: number): number {
  const known = procUnixState(flags, state);
  return type === DGRAM && known === STATES.close ? STATES.established : known;
}

/** Types that have no table are listed with every table. */
function isWanted(context: ListContext, type: number): boolean {
  switch (type) {
    case STREAM:
      return context.wants(TABLE.unixStream);
    case DGRAM:
      return context.wants(TABLE.unixDgram);
    case SEQPACKET:
      return context.wants(TABLE.unixSeqpacket);
    default:
      return true;
  }
}

/** @param number what a filter takes for the port */
function addRow(context: ListContext, socket: Shown, number = socket.ino): void {
  const {type, state, ino, name, peer = 0, rqlen, meminfo} = socket;
  if (!isWanted(context, type)) return;
  const {details, options, filter} = context;
  const local = shownName(name);
  if (filter !== undefined) {
    filter.subject.setUnix(local === STAR ? undefined : local.subarray(0, -1), number, peer);
    if (!filter.matches()) return;
  }
  details.position = 0;
  context.writeOwners(ino);
  if (options.memory && meminfo !== undefined) addMemory(context, meminfo);
  if (options.extended) addExtended(context, socket);
  addPlainRow(context, {
    netid: type === STREAM ? 'u_str' : type === SEQPACKET ? 'u_seq' : 'u_dgr',
    state,
    recvQ: rqlen?.rqueue ?? 0,
    sendQ: rqlen?.wqueue ?? 0,
    local,
    localPort: String(ino),
    peer: '* ',
    peerPort: String(peer),
    fields: context.json && fieldsOf(options, socket),
  });
}

function fieldsOf({memory, extended}: Readonly<SsOptions>, socket: Shown): RowFields {
  const {ino, cookie, uid, shutdown, vfs, icons, meminfo} = socket;
  return {
    ...(extended && {
      uid,
      inode: ino,
      cookie: cookie?.toString(16),
      shutdown: shutdown === undefined ? undefined : directions(shutdown),
      file: vfs && {inode: vfs.ino, device: {major: vfs.dev >>> MINOR_BITS, minor: vfs.dev & MINOR}},
      pending: icons,
    }),
    ...(memory && {memory: meminfo}),
  };
}

function addExtended({details}: ListContext, {shutdown, vfs, icons}: Shown): void {
  if (shutdown !== undefined) {
    const {read, write} = directions(shutdown);
    details.ascii(` ${read ? '-' : '<'}-${write ? '-' : '>'}`);
  }
  if (vfs !== undefined) details.ascii(` ino:${vfs.ino} dev:${vfs.dev >>> MINOR_BITS}/${vfs.dev & MINOR}`);
  if (icons !== undefined) details.ascii(` peers:${icons.map(one => ` ${one}`).join('')}`);
}

/** The name and a blank: `@` stands for NUL in a name that is no path; a path ends at its NUL. */
function shownName(name: Uint8Array | undefined): Uint8Array {
  if (name === undefined || name.length === 0) return STAR;
  const path = name[0] === 0 ? -1 : name.indexOf(0);
  const shown = new Uint8Array((path < 0 ? name.length : path) + 1);
  for (let i = 0; i < shown.length - 1; i++) shown[i] = name[i] || AT;
  shown[shown.length - 1] = 32;
  return shown;
}

const STAR: Uint8Array = Uint8Array.of(42, 32);
