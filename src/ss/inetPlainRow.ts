import {writeInet} from '../addr/format.js';
import {i32} from '../sockdiag/littleEndian.js';
import {type NetId, netidText, stateText} from './cells.js';
import {type ListContext, QUEUE_WIDTH} from './context.js';

const BLANK = 32;
const STAR = 42;
const MINUS = 45;
const COLON = 58;
/** Most bytes of the columns but the last. */
const ROW_ROOM = 512;

/** Digits of a byte. */
const DIGITS = new Uint8Array(256).map((_, n) => (n > 99 ? 3 : n > 9 ? 2 : 1));

/**
 * The row of an IPv4 socket without host names and interface, which most rows of long listings are. The lengths of the
 * cells are found first, so that each byte is written once, where it is to stand.
 * @hot
 */
export function addPlainRow(context: ListContext, netid: NetId, buf: Uint8Array, at: number): void {
  const {table, ports, details} = context;
  const {lengths} = table;
  const sport = ((buf[at + 4] as number) << 8) | (buf[at + 5] as number);
  const dport = ((buf[at + 6] as number) << 8) | (buf[at + 7] as number);
  const recv = i32(buf, at + 56);
  const send = i32(buf, at + 60);
  const sportText = ports.named && sport !== 0 ? ports.text(sport) : undefined;
  const dportText = ports.named && dport !== 0 ? ports.text(dport) : undefined;
  let c = 0;
  if (context.netid) lengths[c++] = netidText(netid).length;
  if (context.state) lengths[c++] = stateText(buf[at + 1] as number).length;
  lengths[c] = recv === 0 ? QUEUE_WIDTH : queueLength(recv);
  lengths[c + 1] = send === 0 ? QUEUE_WIDTH : queueLength(send);
  lengths[c + 2] = addressLength(buf, at + 8);
  lengths[c + 3] = sportText === undefined ? portLength(sport) : sportText.length;
  lengths[c + 4] = addressLength(buf, at + 24);
  lengths[c + 5] = dportText === undefined ? portLength(dport) : dportText.length;
  table.begin(ROW_ROOM + details.position);
  table.fit();
  const {widths, bytes: into} = table;
  let p = table.at;
  if (context.netid) {
    p = writeText(netidText(netid), widths[0] as number, into, p);
    into[p++] = BLANK;
  }
  if (context.state) {
    p = writeText(stateText(buf[at + 1] as number), widths[c - 1] as number, into, p);
    into[p++] = BLANK;
  }
  p = writeQueue(recv, lengths[c] as number, widths[c] as number, into, p);
  into[p++] = BLANK;
  p = writeQueue(send, lengths[c + 1] as number, widths[c + 1] as number, into, p);
  into[p++] = BLANK;
  p = writeAddress(buf, at + 8, (widths[c + 2] as number) - (lengths[c + 2] as number), into, p);
  p =
    sportText === undefined
      ? writePort(sport, lengths[c + 3] as number, widths[c + 3] as number, into, p)
      : writeText(sportText, widths[c + 3] as number, into, p);
  into[p++] = BLANK;
  p = writeAddress(buf, at + 24, (widths[c + 4] as number) - (lengths[c + 4] as number), into, p);
  p =
    dportText === undefined
      ? writePort(dport, lengths[c + 5] as number, widths[c + 5] as number, into, p)
      : writeText(dportText, widths[c + 5] as number, into, p);
  if (details.position === 0) {
    lengths[c + 6] = 0;
    for (const end = p + (widths[c + 6] as number); p < end; ) into[p++] = BLANK;
    table.at = p;
  } else {
    table.resume(p);
    context.addDetails();
  }
  table.commit();
}

/** @hot */
function queueLength(n: number): number {
  let length = n < 0 ? 2 : 1;
  for (let rest = Math.abs(n); rest > 9; rest = Math.floor(rest / 10)) length++;
  return Math.max(length, QUEUE_WIDTH);
}

/** With the colon behind it. @hot */
function addressLength(buf: Uint8Array, at: number): number {
  return (
    (DIGITS[buf[at] as number] as number) +
    (DIGITS[buf[at + 1] as number] as number) +
    (DIGITS[buf[at + 2] as number] as number) +
    (DIGITS[buf[at + 3] as number] as number) +
    4
  );
}

/** @hot */
function portLength(n: number): number {
  return n < 1000 ? (n < 100 ? (n < 10 ? 1 : 2) : 3) : n < 10000 ? 4 : 5;
}

/** @hot */
function writeText(text: Uint8Array, width: number, into: Uint8Array, at: number): number {
  let p = at;
  for (let i = 0; i < text.length; i++) into[p++] = text[i] as number;
  for (const end = at + width; p < end; ) into[p++] = BLANK;
  return p;
}

/** Digits at the left end; the reference takes the numbers as signed. @hot */
function writeQueue(n: number, length: number, width: number, into: Uint8Array, at: number): number {
  const end = at + width;
  if (n >= 0 && n < 10) {
    into[at] = 48 + n;
    for (let p = at + 1; p < end; ) into[p++] = BLANK;
    return end;
  }
  for (let p = at; p < end; ) into[p++] = BLANK;
  let digits = n < 0 ? 2 : 1;
  for (let rest = Math.abs(n); rest > 9; rest = Math.floor(rest / 10)) digits++;
  let rest = Math.abs(n);
  for (let p = at + Math.min(digits, length) - 1; p >= at; p--) {
    const tenth = Math.floor(rest / 10);
    into[p] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  if (n < 0) into[at] = MINUS;
  return end;
}

/** Behind `pad` blanks, with a colon. @hot */
function writeAddress(buf: Uint8Array, at: number, pad: number, into: Uint8Array, to: number): number {
  let p = to;
  for (const end = to + pad; p < end; ) into[p++] = BLANK;
  const word =
    ((buf[at] as number) << 24) |
    ((buf[at + 1] as number) << 16) |
    ((buf[at + 2] as number) << 8) |
    (buf[at + 3] as number);
  p = writeInet(word, into, p);
  into[p] = COLON;
  return p + 1;
}

/** @hot */
function writePort(n: number, length: number, width: number, into: Uint8Array, at: number): number {
  const end = at + width;
  if (n === 0) {
    into[at] = STAR;
  } else {
    let rest = n | 0;
    for (let p = at + length - 1; p >= at; p--) {
      const tenth = (rest / 10) | 0;
      into[p] = 48 + rest - tenth * 10;
      rest = tenth;
    }
  }
  for (let p = at + length; p < end; ) into[p++] = BLANK;
  return end;
}
