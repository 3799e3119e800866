import type {Io} from '../../io.js';
import {readText} from '../../procfs/file.js';
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
  /** Empty without a name; an abstract one begins with `@`. */
  readonly path: string;
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
export function typeText(type: number): string {
  return types[type] ?? 'UNKNOWN';
}

/** Name of the state of a socket. */
export function unixStateText(socket: UnixSocket): string {
  return isServer(socket) ? 'LISTENING' : (states[socket.state] ?? 'UNKNOWN');
}

/**
 * Lines of /proc/net/unix. A path ends at white space, as for the reference.
 * @param bogus called for a line of another form: a path may have a newline in it
 */
export function* parseUnix(text: string, bogus: () => void): Generator<UnixSocket> {
  const lines = text.split('\n');
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line === '' && i === lines.length - 1) break;
    const found = /^\s*[0-9a-fx]+: ([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)\s+(\d+)\s*(\S*)/i.exec(
      line,
    );
    if (found === null) {
      bogus();
      continue;
    }
    const hex = (at: number): number => Number.parseInt(found[at] as string, 16);
    yield {
      references: hex(1),
      flags: hex(2),
      type: hex(3),
      state: hex(4),
      inode: Number(found[5]),
      path: found[6] as string,
    };
  }
}

/** The sockets that are to be shown; undefined where the system has none. */
export function unixSockets({all, listening}: NetstatOptions, io: Io): Iterable<UnixSocket> | undefined {
  const text = readText(UNIX);
  if (typeof text === 'number') return undefined;
  const sockets = parseUnix(text, () => io.err('warning, got bogus unix line.\n'));
  return all
    ? sockets
    : (function* () {
        for (const socket of sockets) if (isServer(socket) === listening) yield socket;
      })();
}

/**
 * Table of UNIX sockets. From /proc: netlink does not tell their reference counts, and gives another order.
 * @returns whether the system has any
 */
export function showUnix(options: NetstatOptions, holders: Holders | undefined, io: Io): boolean {
  const {out} = io;
  const program = holders === undefined ? '' : 'PID/Program name     ';
  out.ascii(`Proto RefCnt Flags       Type       State         I-Node   ${program}Path\n`);
  const sockets = unixSockets(options, io);
  if (sockets === undefined) return false;
  for (const socket of sockets) {
    const {references, flags, type, inode, path} = socket;
    const names = flagNames.map(([bit, name]) => ((flags & bit) === 0 ? '' : `${name} `)).join('');
    out.ascii(`unix  ${String(references).padEnd(6)} ${`[ ${names}]`.padEnd(11)} ${typeText(type).padEnd(10)} `);
    out.ascii(`${unixStateText(socket).padEnd(13)} ${String(inode).padEnd(8)} `);
    if (holders !== undefined) {
      out.bytes(holders.cell(inode));
      out.byte(32);
    }
    out.text(`${path}\n`);
  }
  return true;
}
