import {writeInet, writeInet6} from '../../addr/format.js';
import {IpAddress} from '../../addr/ip.js';
import {encodeText} from '../../addr/text.js';
import {INET_DIAG_INFO, INET_DIAG_MSG_LENGTH} from '../../sockdiag/constants.js';
import {be32, u32} from '../../sockdiag/littleEndian.js';
import type {Sink} from '../../view/sink.js';
import {type HostNames, hostText} from '../resolve.js';
import type {Holders} from './holders.js';

/** What the columns of inet sockets need. */
export interface InetColumns {
  /** Absent: hosts as numbers. */
  readonly hosts: HostNames | undefined;
  /** Name of a port of the transport; absent: ports as numbers. */
  readonly port: ((port: number) => string | undefined) | undefined;
  /** Whether addresses are never cut. */
  readonly wide: boolean;
  /** Name of a user, absent without `-e`. */
  readonly user: ((uid: number) => string) | undefined;
  /** Absent without `-p`. */
  readonly holders: Holders | undefined;
  readonly timers: boolean;
  /** What sock_diag does not know of half-open connections; see `HalfOpen`. */
  readonly halfOpen: ((buf: Uint8Array, at: number) => HalfOpen | undefined) | undefined;
}

/** Owner of the listener, and timeouts so far, of a connection that is not accepted yet. */
export interface HalfOpen {
  readonly uid: number;
  readonly timeouts: number;
}

const AF_INET = 2;
const SYN_RECV = 3;
const LISTEN = 10;
const TIMER_KEEPALIVE = 2;
const TIMER_PROBE = 4;
const BLANK = 32;
const STAR = 42;
const COLON = 58;
const NEWLINE = 10;

/** Width of an address with its port; longer ones are cut, but with -W. */
const CELL = 23;
/** Of a cell that is cut, the port gets all but this and the colon. */
const SHORTEST_HOST = 4;
const STATE_WIDTH = 11;
const ID_WIDTH = 10;
/** Most bytes of a row: two names of hosts, two of services, a name of a user. */
const ROW_ROOM = 4096;
/** Names are cut to this, so that a row always fits. */
const LONGEST = 512;

/** TCP states by number, as `netstat` calls them. Source: netstat(8). */
const tcpStates =
  ' ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING'.split(' ');
const ESTABLISHED = 1;
const CLOSE = 7;

/** Name of a state: UDP knows two, and raw sockets show the number. */
function stateText(transport: string, state: number): string {
  if (transport === 'raw') return String(state);
  if (transport === 'tcp') return tcpStates[state] ?? 'UNKNOWN';
  return state === ESTABLISHED ? 'ESTABLISHED' : state === CLOSE ? '' : 'UNKNOWN';
}

const timerNames = ['off', 'on', 'keepalive', 'timewait', 'probe'];

/**
 * Rows of one transport and family. They are read and written byte by byte, because a listing may have 200,000 of them.
 */
export class InetRows {
  private readonly out: Sink;
  private readonly columns: InetColumns;
  private readonly proto: Uint8Array;
  private readonly isTcp: boolean;
  private readonly states: readonly Uint8Array[];
  private readonly ports = new Map<number, Uint8Array>();

  /** @param proto first column: `tcp6` */
  constructor(out: Sink, transport: string, proto: string, columns: InetColumns) {
    this.out = out;
    this.columns = columns;
    this.proto = Buffer.from(proto.padEnd(6), 'latin1');
    this.isTcp = transport === 'tcp';
    this.states = Array.from({length: 16}, (_, state) =>
      Buffer.from(stateText(transport, state).padEnd(STATE_WIDTH), 'latin1'),
    );
  }

  /** Writes the row of the inet_diag_msg in `buf[at..end)`. @hot */
  row(buf: Uint8Array, at: number, end: number): void {
    if (end - at < INET_DIAG_MSG_LENGTH) return;
    const {out, columns} = this;
    out.room(ROW_ROOM);
    const into = out.buffer;
    let p = put(this.proto, into, out.position);
    const state = buf[at + 1] as number;
    p = right6(u32(buf, at + 56), into, p);
    // The kernel tells the backlog of a listener there, which the reference does not show.
    p = right6(this.isTcp && state === LISTEN ? 0 : u32(buf, at + 60), into, p);
    p = this.cell(buf, at, at + 8, ((buf[at + 4] as number) << 8) | (buf[at + 5] as number), into, p);
    p = this.cell(buf, at, at + 24, ((buf[at + 6] as number) << 8) | (buf[at + 7] as number), into, p);
    p = put(this.states[state & 15] as Uint8Array, into, p);
    const half = state === SYN_RECV && columns.halfOpen !== undefined ? columns.halfOpen(buf, at) : undefined;
    if (columns.user !== undefined) {
      into[p++] = BLANK;
      const uid = half === undefined ? u32(buf, at + 64) : half.uid;
      const name = encodeText(columns.user(uid)).subarray(0, LONGEST);
      p = pad(put(name, into, p), p + ID_WIDTH, into);
      into[p++] = BLANK;
      const start = p;
      p = pad(digits(u32(buf, at + 68), into, p), start + ID_WIDTH, into);
    }
    if (columns.holders !== undefined) {
      into[p++] = BLANK;
      p = put(columns.holders.cell(u32(buf, at + 68)), into, p);
    }
    if (columns.timers) p = timer(buf, at, end, half, into, p);
    into[p] = NEWLINE;
    out.position = p + 1;
  }

  /** Address and port, cut or filled up to the width of the column, and a blank. @hot */
  private cell(buf: Uint8Array, message: number, from: number, port: number, into: Uint8Array, at: number): number {
    const {columns} = this;
    let p = at;
    if (columns.hosts !== undefined) {
      const address = IpAddress.fromBytes(buf, from, buf[message] === AF_INET ? 4 : 16);
      p = put(encodeText(hostText(address, columns.hosts)).subarray(0, LONGEST), into, p);
    } else if (buf[message] === AF_INET) {
      p = writeInet(be32(buf, from), into, p);
    } else {
      const a = be32(buf, from);
      const b = be32(buf, from + 4);
      const c = be32(buf, from + 8);
      const d = be32(buf, from + 12);
      p = (a | b) === 0 && c === 0xffff ? writeInet(d, into, p) : writeInet6(a, b, c, d, into, p);
    }
    if (columns.port === undefined) {
      const length = port === 0 ? 1 : port < 100 ? (port < 10 ? 1 : 2) : port < 1000 ? 3 : port < 10000 ? 4 : 5;
      if (!columns.wide && p + 1 + length > at + CELL) p = at + CELL - 1 - length;
      into[p++] = COLON;
      if (port === 0) into[p++] = STAR;
      else p = digits(port, into, p);
    } else {
      const name = port === 0 ? starText : this.portText(port);
      let {length} = name;
      if (!columns.wide && p + 1 + length > at + CELL) {
        length = Math.min(length, CELL - SHORTEST_HOST - 1);
        p = Math.min(p, at + CELL - 1 - length);
      }
      into[p++] = COLON;
      for (let i = 0; i < length; i++) into[p++] = name[i] as number;
    }
    while (p < at + CELL) into[p++] = BLANK;
    into[p] = BLANK;
    return p + 1;
  }

  private portText(port: number): Uint8Array {
    let text = this.ports.get(port);
    if (text === undefined) {
      text = encodeText(this.columns.port?.(port) ?? String(port)).subarray(0, LONGEST);
      this.ports.set(port, text);
    }
    return text;
  }
}

const starText: Uint8Array = Uint8Array.of(STAR);

/** ` on (3.51/9/0)`: seconds left, retransmissions, probes. @hot */
function timer(
  buf: Uint8Array,
  at: number,
  end: number,
  half: HalfOpen | undefined,
  into: Uint8Array,
  from: number,
): number {
  const kind = buf[at + 2] as number;
  let retransmits = half === undefined ? (buf[at + 3] as number) : half.timeouts;
  let probes = 0;
  // The header has one count for both: what it means depends on the timer, and tcp_info has the other one.
  if (kind === TIMER_KEEPALIVE || kind === TIMER_PROBE) {
    probes = retransmits;
    retransmits = 0;
  }
  const info = attribute(buf, at, end, INET_DIAG_INFO);
  if (info > 0) {
    retransmits = buf[info + 2] as number;
    probes = buf[info + 3] as number;
  }
  const hundredths = Math.floor(u32(buf, at + 52) / 10);
  const text = ` ${timerNames[kind] ?? `unkn-${kind}`} (${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}/${retransmits}/${probes})`;
  let p = from;
  for (let i = 0; i < text.length; i++) into[p++] = text.charCodeAt(i);
  return p;
}

/** Where the value of an attribute of at least four bytes begins, 0 without it. @hot */
function attribute(buf: Uint8Array, at: number, end: number, type: number): number {
  for (let p = at + INET_DIAG_MSG_LENGTH; p + 4 <= end; ) {
    const length = (buf[p] as number) | ((buf[p + 1] as number) << 8);
    if (length < 4 || p + length > end) break;
    if (buf[p + 2] === type && buf[p + 3] === 0 && length >= 8) return p + 4;
    p += (length + 3) & ~3;
  }
  return 0;
}

/** @hot */
function put(from: Uint8Array, into: Uint8Array, at: number): number {
  let p = at;
  for (let i = 0; i < from.length; i++) into[p++] = from[i] as number;
  return p;
}

/** Blanks up to `full`. @hot */
function pad(at: number, full: number, into: Uint8Array): number {
  let p = at;
  while (p < full) into[p++] = BLANK;
  return p;
}

/** @hot */
function digits(n: number, into: Uint8Array, at: number): number {
  let end = at + 1;
  for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = n;
  for (let p = end - 1; p >= at; p--) {
    const tenth = Math.floor(rest / 10);
    into[p] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

/** A number at the right end of six columns, and a blank. @hot */
function right6(n: number, into: Uint8Array, at: number): number {
  let length = 1;
  for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) length++;
  let p = at;
  for (; length < 6; length++) into[p++] = BLANK;
  p = digits(n, into, p);
  into[p] = BLANK;
  return p + 1;
}
