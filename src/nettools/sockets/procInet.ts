import {readText} from '../../procfs/file.js';
import {INET_DIAG_INFO, INET_DIAG_MSG_LENGTH} from '../../sockdiag/constants.js';
import type {HalfOpen} from './inetRow.js';

const AF_INET = 2;
const AF_INET6 = 10;
const SYN_RECV = '03';
/** Milliseconds of a unit of the timers in /proc: USER_HZ is 100. */
const TICK_MS = 10;
/** An attribute with the first four bytes of tcp_info: state, ca_state, retransmits, probes. */
const INFO_LENGTH = 8;

/** Words of a line of /proc/net/tcp and its kin. Source: proc(5). */
interface Line {
  /** `0100007F:1F90`: words of the address in the byte order of the host, port. */
  readonly local: string;
  readonly remote: string;
  readonly state: string;
  /** Write and read queue in hex. */
  readonly queues: string;
  /** Number of the timer and time left in hex. */
  readonly timer: string;
  readonly timeouts: number;
  readonly uid: number;
  readonly probes: number;
  readonly inode: number;
}

function* linesOf(text: string): Generator<Line> {
  const lines = text.split('\n');
  for (let i = 1; i < lines.length; i++) {
    const [, local, remote, state, queues, timer, timeouts, uid, probes, inode] = (lines[i] as string)
      .trim()
      .split(/\s+/);
    if (local === undefined || remote === undefined || state === undefined) continue;
    if (queues === undefined || timer === undefined || inode === undefined) continue;
    const count = Number.parseInt(timeouts ?? '0', 16);
    yield {
      local,
      remote,
      state,
      queues,
      timer,
      timeouts: count,
      uid: Number(uid),
      probes: Number(probes),
      inode: Number(inode),
    };
  }
}

/**
 * Sockets of a table that the kernel does not tell by sock_diag: raw_diag, udp_diag and even tcp_diag are modules that may
 * be missing. Each is handed over in the form of an inet_diag_msg.
 * @returns false when there is no such file
 */
export function procSockets(path: string, each: (buf: Uint8Array, at: number, end: number) => void): boolean {
  const text = readText(path);
  if (typeof text === 'number') return false;
  const length = INET_DIAG_MSG_LENGTH + 4 + INFO_LENGTH;
  const buf = new Uint8Array(length);
  const view = new DataView(buf.buffer);
  const u32 = (at: number, value: number): void => view.setUint32(at, value, true);
  view.setUint16(INET_DIAG_MSG_LENGTH, 4 + INFO_LENGTH, true);
  view.setUint16(INET_DIAG_MSG_LENGTH + 2, INET_DIAG_INFO, true);
  for (const line of linesOf(text)) {
    const [write, read] = line.queues.split(':').map(hex => Number.parseInt(hex, 16));
    const [timer, left] = line.timer.split(':').map(hex => Number.parseInt(hex, 16));
    buf[0] = line.local.length > 13 ? AF_INET6 : AF_INET;
    buf[1] = Number.parseInt(line.state, 16);
    buf[2] = timer ?? 0;
    endpoint(line.local, 8, 4, view);
    endpoint(line.remote, 24, 6, view);
    u32(52, (left ?? 0) * TICK_MS);
    u32(56, read ?? 0);
    u32(60, write ?? 0);
    u32(64, line.uid);
    u32(68, line.inode);
    buf[INET_DIAG_MSG_LENGTH + 6] = line.timeouts;
    buf[INET_DIAG_MSG_LENGTH + 7] = line.probes;
    each(buf, 0, length);
  }
  return true;
}

/** Puts address and port where an inet_diag_msg has them. */
function endpoint(text: string, address: number, port: number, into: DataView): void {
  const colon = text.indexOf(':');
  for (let i = 0; i < colon && i < 32; i += 8) {
    into.setUint32(address + (i >> 1), Number.parseInt(text.slice(i, i + 8), 16), true);
  }
  into.setUint16(port, Number.parseInt(text.slice(colon + 1), 16));
}

/** The same words of an inet_diag_msg as /proc writes them. */
function endpointText(buf: Uint8Array, message: number, address: number, port: number): string {
  const view = new DataView(buf.buffer, buf.byteOffset);
  const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, '0');
  let text = '';
  for (let at = address; at < address + (buf[message] === AF_INET ? 4 : 16); at += 4)
    text += hex(view.getUint32(at, true), 8);
  return `${text}:${hex(view.getUint16(port), 4)}`;
}

/**
 * Looks up half-open connections in /proc: sock_diag tells 0 as their user, where the file has the listener's, and counts
 * what was sent again, not the timeouts, which can pass without.
 * @param path /proc/net/tcp or /proc/net/tcp6, read on first use
 */
export function halfOpenIn(path: string): (buf: Uint8Array, at: number) => HalfOpen | undefined {
  let known: Map<string, HalfOpen> | undefined;
  return (buf, at) => {
    if (known === undefined) {
      known = new Map();
      const text = readText(path);
      for (const {local, remote, state, uid, timeouts} of linesOf(typeof text === 'string' ? text : '')) {
        if (state === SYN_RECV) known.set(`${local} ${remote}`, {uid, timeouts});
      }
    }
    return known.get(`${endpointText(buf, at, at + 8, at + 4)} ${endpointText(buf, at, at + 24, at + 6)}`);
  };
}
