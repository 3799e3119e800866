import type {Io} from '../../io.js';
import {readWholeFile} from '../../native.js';
import type {NetstatOptions} from '../netstatOptions.js';
import type {Holders} from './holders.js';

/** One UNIX socket as /proc/net/unix has it. */
export interface UnixSocket {
  readonly references: number;
  /** SO_ACCEPTCON, SO_WAITDATA and SO_NOSPACE of the kernel. */
  readonly flags: number;
  /** SOCK_STREAM and its kin. */
  readonly type: number;
  /** SS_UNCONNECTED and its kin. */
  readonly state: number;
  readonly inode: number;
  /** Empty without a name; an abstract one begins with `@`. Any bytes. */
  readonly path: Uint8Array;
}

const UNIX = '/proc/net/unix';
const types: readonly (string | undefined)[] = [undefined, 'STREAM', 'DGRAM', 'RAW', 'RDM', 'SEQPACKET'];
/** Source: netstat(8). */
const states = ['FREE', '', 'CONNECTING', 'CONNECTED', 'DISCONNECTING'];
const UNCONNECTED = 1;
const ACCEPTS = 0x10000;
const flagNames = [
  [ACCEPTS, 'ACC'],
  [0x20000, 'W'],
  [0x40000, 'N'],
] as const;

/** Whether a socket waits for connections: a "server". */
function isServer({state, flags}: UnixSocket): boolean {
  return state === UNCONNECTED && (flags & ACCEPTS) !== 0;
}

/** Name of a type of socket. */
function typeText(type: number): string {
  return types[type] ?? 'UNKNOWN';
}

/** Name of the state of a socket. */
function unixStateText(socket: UnixSocket): string {
  return isServer(socket) ? 'LISTENING' : (states[socket.state] ?? 'UNKNOWN');
}

const BLANK = 32;
const NEWLINE = 10;
const COLON = 58;

/** Reads the numbers of one line. */
class LineCursor {
  at = 0;
  end = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Next number, after white space; -1 where there is none. @hot */
  number(base: 10 | 16): number {
    const {bytes, end} = this;
    this.skipBlanks();
    let value = 0;
    const from = this.at;
    for (; this.at < end; this.at++) {
      const digit = digitOf(bytes[this.at] as number);
      if (digit >= base) break;
      value = value * base + digit;
    }
    return this.at === from ? -1 : value;
  }

  skipBlanks(): void {
    while (this.at < this.end && isBlank(this.bytes[this.at] as number)) this.at++;
  }
}

/** As isspace(3) has it, in the C locale. */
function isBlank(byte: number): boolean {
  return byte === BLANK || (byte >= 9 && byte <= 13);
}

/** Value of a digit in hex, 16 for any other byte. @hot */
function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : 16;
}

/**
 * Lines of /proc/net/unix. A path ends at white space, as for the reference.
 * @param bogus called for a line of another form: a path may have a newline in it
 */
export function* parseUnix(bytes: Uint8Array, bogus: () => void): Generator<UnixSocket> {
  const cursor = new LineCursor(bytes);
  let at = bytes.indexOf(NEWLINE) + 1;
  while (at > 0 && at < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, at);
    cursor.at = at;
    cursor.end = newline < 0 ? bytes.length : newline;
    at = cursor.end + 1;
    cursor.number(16);
    const isNumbered = bytes[cursor.at++] === COLON;
    const references = cursor.number(16);
    cursor.number(16);
    const flags = cursor.number(16);
    const type = cursor.number(16);
    const state = cursor.number(16);
    const inode = cursor.number(10);
    if (!isNumbered || inode < 0 || state < 0) {
      bogus();
      continue;
    }
    cursor.skipBlanks();
    let end = cursor.at;
    while (end < cursor.end && !isBlank(bytes[end] as number)) end++;
    yield {references, flags, type, state, inode, path: bytes.subarray(cursor.at, end)};
  }
}

/**
 * The sockets that are to be shown; undefined where the system has none. From /proc: netlink does not tell their reference
 * counts, and gives another order.
 */
export function unixSockets({all, listening}: NetstatOptions, bogus: () => void): Iterable<UnixSocket> | undefined {
  const bytes = readWholeFile(UNIX);
  if (bytes === undefined) return undefined;
  const sockets = parseUnix(bytes, bogus);
  return all ? sockets : filter(sockets, socket => isServer(socket) === listening);
}

function* filter(sockets: Iterable<UnixSocket>, wanted: (socket: UnixSocket) => boolean): Generator<UnixSocket> {
  for (const socket of sockets) if (wanted(socket)) yield socket;
}

/** The cell of the flags, made once for each combination. */
function flagsText(flags: number): string {
  const names = flagNames.map(([bit, name]) => ((flags & bit) === 0 ? '' : `${name} `)).join('');
  return `[ ${names}]`.padEnd(11);
}

/** Table of UNIX sockets. */
export function showUnix(sockets: Iterable<UnixSocket>, holders: Holders | undefined, io: Io): void {
  const {out} = io;
  const program = holders === undefined ? '' : 'PID/Program name     ';
  out.ascii(`Proto RefCnt Flags       Type       State         I-Node   ${program}Path\n`);
  const flagCells = new Map<number, string>();
  for (const socket of sockets) {
    const {references, flags, type, inode, path} = socket;
    let flagCell = flagCells.get(flags);
    if (flagCell === undefined) {
      flagCell = flagsText(flags);
      flagCells.set(flags, flagCell);
    }
    out.ascii(`unix  ${String(references).padEnd(6)} ${flagCell} `);
    out.ascii(`${typeText(type).padEnd(10)} ${unixStateText(socket).padEnd(13)} ${String(inode).padEnd(8)} `);
    if (holders !== undefined) {
      out.bytes(holders.cell(inode));
      out.byte(BLANK);
    }
    out.bytes(path);
    out.byte(NEWLINE);
  }
}
