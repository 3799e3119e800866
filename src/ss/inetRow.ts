import {writeInet, writeInet6} from '../addr/format.js';
import {encodeText} from '../addr/text.js';
import {INET_DIAG_MSG_LENGTH, INET_DIAG_SKV6ONLY} from '../sockdiag/constants.js';
import {be32, i32, u32} from '../sockdiag/littleEndian.js';
import type {ColumnTable} from '../view/columns.js';
import {type NetId, netidText, stateText} from './cells.js';
import {type ListContext, QUEUE_WIDTH} from './context.js';
import type {HostNames} from './hostNames.js';
import {addPlainRow} from './inetPlainRow.js';

const AF_INET = 2;
const STAR = 42;
const COLON = 58;
const BLANK = 32;
const MINUS = 45;
/** Most bytes of a row without its last cell: two host names of 255 bytes and two service names of some length. */
const ROW_ROOM = 2048;
const NOTHING: Uint8Array = new Uint8Array(0);
/**
 * Adds the row of one inet_diag_msg: read and written byte by byte, because a listing may have 100,000 of them.
 * @hot
 * @param buf holds the message's payload in `[at, end)`
 */
export function addInetRow(context: ListContext, transport: NetId, buf: Uint8Array, at: number, end: number): void {
  if (end - at < INET_DIAG_MSG_LENGTH) return;
  if (context.json !== undefined) {
    context.json.inet(transport, buf, at, end);
    return;
  }
  const {details, inetDetails, branch} = context;
  details.position = 0;
  if (inetDetails !== undefined) inetDetails(context, transport, buf, at, end);
  if (buf[at] === AF_INET && u32(buf, at + 40) === 0 && context.hostNames === undefined && branch === undefined) {
    addPlainRow(context, transport, buf, at);
    return;
  }
  const {table} = context;
  const family = buf[at] as number;
  const star = family !== AF_INET && v6only(buf, at, end) <= 0;
  const index = u32(buf, at + 40);
  const sport = ((buf[at + 4] as number) << 8) | (buf[at + 5] as number);
  const dport = ((buf[at + 6] as number) << 8) | (buf[at + 7] as number);
  do {
    table.begin(ROW_ROOM + details.position);
    if (context.netid) addCell(table, branch === undefined ? netidText(transport) : NOTHING);
    if (context.state) addCell(table, branch === undefined ? stateText(buf[at + 1] as number) : branchText(branch));
    table.end(writeQueue(i32(buf, at + 56), table.bytes, table.at));
    table.end(writeQueue(i32(buf, at + 60), table.bytes, table.at));
    addAddress(context, family, star, buf, at + 8, index);
    addPort(context, sport);
    addAddress(context, family, star, buf, at + 24, 0);
    addPort(context, dport);
    context.addDetails();
  } while (!table.commit());
}

/** An association stands below its socket. */
function branchText(state: string): Uint8Array {
  return Buffer.from(`\`- ${state}`, 'latin1');
}

/** Value of INET_DIAG_SKV6ONLY, -1 without it. @hot */
function v6only(buf: Uint8Array, at: number, end: number): number {
  for (let p = at + INET_DIAG_MSG_LENGTH; p + 4 < end; ) {
    const length = (buf[p] as number) | ((buf[p + 1] as number) << 8);
    if (length < 4) break;
    if (buf[p + 2] === INET_DIAG_SKV6ONLY && buf[p + 3] === 0) return buf[p + 4] as number;
    p += (length + 3) & ~3;
  }
  return -1;
}

/** @hot */
function addCell(table: ColumnTable, text: Uint8Array): void {
  const into = table.bytes;
  let p = table.at;
  for (let i = 0; i < text.length; i++) into[p++] = text[i] as number;
  table.end(p);
}

/** Digits, filled up with blanks; the reference takes the numbers as signed. @hot */
function writeQueue(n: number, into: Uint8Array, at: number): number {
  let p = at;
  if (n < 0) into[p++] = MINUS;
  p = writeDigits(n < 0 ? -n : n, into, p);
  for (const full = at + QUEUE_WIDTH; p < full; ) into[p++] = BLANK;
  return p;
}

/** @hot */
function writeDigits(n: number, into: Uint8Array, at: number): number {
  if (n < 10) {
    into[at] = 48 + n;
    return at + 1;
  }
  let digits = 2;
  for (let top = 100; n >= top && digits < 10; top *= 10) digits++;
  let rest = n;
  for (let p = at + digits - 1; p >= at; p--) {
    const tenth = Math.floor(rest / 10);
    into[p] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}

/** A port's digits; all numbers stay small integers. @hot */
function writePort(n: number, into: Uint8Array, at: number): number {
  const digits = n < 1000 ? (n < 100 ? (n < 10 ? 1 : 2) : 3) : n < 10000 ? 4 : 5;
  let rest = n | 0;
  for (let p = at + digits - 1; p >= at; p--) {
    const tenth = (rest / 10) | 0;
    into[p] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}

/**
 * `1.2.3.4:`, `[fe80::1]%eth0:`. An unspecified address of a socket that takes both families (`star`) is `*`.
 * @hot
 */
function addAddress(
  context: ListContext,
  family: number,
  star: boolean,
  buf: Uint8Array,
  at: number,
  index: number,
): void {
  const {table} = context;
  const into = table.bytes;
  let p = table.at;
  const a = be32(buf, at);
  const name = context.hostNames === undefined ? undefined : hostName(context.hostNames, family, buf, at);
  if (name !== undefined) {
    into.set(name, p);
    p += name.length;
  } else if (family === AF_INET) {
    p = writeInet(a, into, p);
  } else {
    const b = be32(buf, at + 4);
    const c = be32(buf, at + 8);
    const d = be32(buf, at + 12);
    if (star && (a | b | c | d) === 0) {
      into[p++] = STAR;
    } else {
      into[p++] = 91;
      p = writeInet6(a, b, c, d, into, p);
      into[p++] = 93;
    }
  }
  if (index !== 0) {
    const name = encodeText(context.ifname(index));
    into[p++] = 37;
    into.set(name, p);
    p += name.length;
  }
  into[p++] = COLON;
  table.end(p);
}

/** Unspecified addresses are not looked up. */
function hostName(names: HostNames, family: number, buf: Uint8Array, at: number): Uint8Array | undefined {
  const length = family === AF_INET ? 4 : 16;
  for (let i = at; i < at + length; i++) if (buf[i] !== 0) return names.name(buf, at, length);
  return undefined;
}

/** @hot */
function addPort(context: ListContext, port: number): void {
  const {table, ports} = context;
  if (port === 0) {
    table.bytes[table.at] = STAR;
    table.end(table.at + 1);
  } else if (ports.named) {
    const text = ports.text(port);
    addCell(table, text);
  } else {
    table.end(writePort(port, table.bytes, table.at));
  }
}
