import {
  INET_DIAG_BBRINFO,
  INET_DIAG_CONG,
  INET_DIAG_DCTCPINFO,
  INET_DIAG_INFO,
  INET_DIAG_VEGASINFO,
} from '../sockdiag/constants.js';
import {u16, u32, u64} from '../sockdiag/littleEndian.js';
import {STATES} from '../sockdiag/states.js';
import type {GrowingSink} from '../view/growing.js';
import type {Sink} from '../view/sink.js';
import type {InetAttributes} from './attributes.js';
import {general, tenths, writeMilliseconds, writeRate} from './decimal.js';
import {label, writeAscii, writeLabel, writeUint} from './digits.js';

/** What of the options matters here. */
export interface TcpInfoStyle {
  readonly timers: boolean;
  readonly extended: boolean;
  readonly bpf: number;
  readonly numeric: boolean;
}

/** Offsets in struct tcp_info, uapi linux/tcp.h; `test/unit/ss/tcpInfo.test.ts` compares them with the schema. */
export const TCPI = {
  backoff: 4,
  options: 5,
  wscale: 6,
  deliveryFlags: 7,
  rto: 8,
  ato: 12,
  sndMss: 16,
  rcvMss: 20,
  unacked: 24,
  sacked: 28,
  lost: 32,
  retrans: 36,
  fackets: 40,
  lastDataSent: 44,
  lastDataRecv: 52,
  lastAckRecv: 56,
  pmtu: 60,
  rcvSsthresh: 64,
  rtt: 68,
  rttvar: 72,
  sndSsthresh: 76,
  sndCwnd: 80,
  advmss: 84,
  reordering: 88,
  rcvRtt: 92,
  rcvSpace: 96,
  totalRetrans: 100,
  pacingRate: 104,
  maxPacingRate: 112,
  bytesAcked: 120,
  bytesReceived: 128,
  segsOut: 136,
  segsIn: 140,
  notsentBytes: 144,
  minRtt: 148,
  dataSegsIn: 152,
  dataSegsOut: 156,
  deliveryRate: 160,
  busyTime: 168,
  rwndLimited: 176,
  sndbufLimited: 184,
  delivered: 192,
  deliveredCe: 196,
  bytesSent: 200,
  bytesRetrans: 208,
  dsackDups: 216,
  reordSeen: 220,
  rcvOoopack: 224,
  sndWnd: 228,
} as const;

/** Bytes of struct tcp_info that are shown; kernels may send fewer, which count as zero, or more. */
const SHOWN = 232;
/** Lowest bit of `deliveryFlags`, in the word that begins at `backoff`. */
const APP_LIMITED = 1 << 24;
/** Values that are usual and therefore not shown. */
const NO_RTO = 3_000_000;
const NO_SSTHRESH = 0xffff;
const USUAL_REORDERING = 3;
const NO_RTT = 0xffff_ffff;
/** What TCP Vegas has for no measurement. */
const VEGAS_NO_RTT = 0x7fff_ffff;

/** Most bytes of all parts but the name of the congestion control. */
const ROOM = 4096;

/** A short or crooked struct's bytes, filled up with zeros, and the same by numbers of 32 bits. */
const padded = new Uint8Array(SHOWN);
const paddedWords = new Int32Array(padded.buffer);
/** The receive buffer by numbers of 32 bits: made once, because a dump reads all its messages from one. */
let words: Int32Array = paddedWords;

const LABELS = {
  ts: label(' ts'),
  sack: label(' sack'),
  ecn: label(' ecn'),
  ecnseen: label(' ecnseen'),
  fastopen: label(' fastopen'),
  wscale: label(' wscale:'),
  rto: label(' rto:'),
  backoff: label(' backoff:'),
  rtt: label(' rtt:'),
  ato: label(' ato:'),
  mss: label(' mss:'),
  pmtu: label(' pmtu:'),
  rcvmss: label(' rcvmss:'),
  advmss: label(' advmss:'),
  cwnd: label(' cwnd:'),
  ssthresh: label(' ssthresh:'),
  bytesSent: label(' bytes_sent:'),
  bytesRetrans: label(' bytes_retrans:'),
  bytesAcked: label(' bytes_acked:'),
  bytesReceived: label(' bytes_received:'),
  segsOut: label(' segs_out:'),
  segsIn: label(' segs_in:'),
  dataSegsOut: label(' data_segs_out:'),
  dataSegsIn: label(' data_segs_in:'),
  fallback: label(' dctcp:fallback_mode'),
  bbr: label(' bbr:(bw:'),
  mrtt: label(',mrtt:'),
  pacingGain: label(',pacing_gain:'),
  cwndGain: label(',cwnd_gain:'),
  send: label(' send '),
  lastsnd: label(' lastsnd:'),
  lastrcv: label(' lastrcv:'),
  lastack: label(' lastack:'),
  pacingRate: label(' pacing_rate '),
  deliveryRate: label(' delivery_rate '),
  delivered: label(' delivered:'),
  deliveredCe: label(' delivered_ce:'),
  appLimited: label(' app_limited'),
  busy: label(' busy:'),
  rwndLimited: label(' rwnd_limited:'),
  sndbufLimited: label(' sndbuf_limited:'),
  unacked: label(' unacked:'),
  retrans: label(' retrans:'),
  lost: label(' lost:'),
  sacked: label(' sacked:'),
  dsackDups: label(' dsack_dups:'),
  fackets: label(' fackets:'),
  reordering: label(' reordering:'),
  reordSeen: label(' reord_seen:'),
  rcvRtt: label(' rcv_rtt:'),
  rcvSpace: label(' rcv_space:'),
  rcvSsthresh: label(' rcv_ssthresh:'),
  notsent: label(' notsent:'),
  minrtt: label(' minrtt:'),
  rcvOoopack: label(' rcv_ooopack:'),
  sndWnd: label(' snd_wnd:'),
} as const;

/** ` name:123`, nothing for 0. @hot */
function count(name: Uint8Array, n: number, into: Uint8Array, at: number): number {
  return n === 0 ? at : writeUint(n, into, writeLabel(name, into, at));
}

/** The same for what the reference takes as signed. @hot */
function signed(name: Uint8Array, n: number, into: Uint8Array, at: number): number {
  return n === 0 ? at : writeInt(n, into, writeLabel(name, into, at));
}

function writeInt(n: number, into: Uint8Array, at: number): number {
  if (n >= 0) return writeUint(n, into, at);
  into[at] = 45;
  return writeUint(-n, into, at + 1);
}

/** Unsigned number at `offset` of struct tcp_info, whose first word is `words[w]`. @hot */
function get32(w: number, offset: number): number {
  return (words[w + (offset >> 2)] as number) >>> 0;
}

/** 64 bits, the nearest double: exact up to 2^53. @hot */
function get64(w: number, offset: number): number {
  return get32(w, offset + 4) * 0x1_0000_0000 + get32(w, offset);
}

function getBig64(w: number, offset: number): bigint {
  return (BigInt(get32(w, offset + 4)) << 32n) | BigInt(get32(w, offset));
}

/** All bits set, which stands for no limit. @hot */
function isUnlimited(w: number, offset: number): boolean {
  return get32(w, offset) === 0xffff_ffff && get32(w, offset + 4) === 0xffff_ffff;
}

/** As `count` for 64 bits. @hot */
function count64(name: Uint8Array, w: number, offset: number, into: Uint8Array, at: number): number {
  const n = get64(w, offset);
  if (n <= Number.MAX_SAFE_INTEGER) return count(name, n, into, at);
  return writeAscii(getBig64(w, offset).toString(), into, writeLabel(name, into, at));
}

/** ` name:0.123` of microseconds, nothing for 0. @hot */
function milliseconds(name: Uint8Array, us: number, into: Uint8Array, at: number): number {
  return us === 0 ? at : writeMilliseconds(us, into, writeLabel(name, into, at));
}

/** Copies what is up to a NUL, after a blank. @hot */
export function text(out: Sink, buf: Uint8Array, at: number, length: number): void {
  out.byte(32);
  for (let p = at; p < at + length && buf[p] !== 0; p++) out.byte(buf[p] as number);
}

/** Makes `words` show a struct of `length` bytes. @hot @returns index of its first word */
function show(message: Uint8Array, at: number, length: number): number {
  const place = message.byteOffset + at;
  if (length >= SHOWN && (place & 3) === 0) {
    if (words.buffer !== message.buffer) words = new Int32Array(message.buffer, 0, message.buffer.byteLength >> 2);
    return place >> 2;
  }
  padded.fill(0);
  padded.set(message.subarray(at, at + Math.min(length, SHOWN)));
  words = paddedWords;
  return 0;
}

/**
 * Writes what `-i` shows of a TCP socket, each part behind a blank. Nothing without INET_DIAG_INFO.
 * Source: order, conditions and formats of ss 6.1, observed by replaying messages made for it (`TCPDIAG_FILE`).
 * @hot
 */
export function writeTcpInfo(
  out: GrowingSink,
  message: Uint8Array,
  attributes: InetAttributes,
  style: TcpInfoStyle,
): void {
  const at = attributes.at[INET_DIAG_INFO] as number;
  if (at === 0) return;
  const cong = attributes.at[INET_DIAG_CONG] as number;
  const w = show(message, at, attributes.length[INET_DIAG_INFO] as number);
  const head = words[w + 1] as number;
  const flags = (head >>> 8) & 255;
  if (flags !== 0 && (style.timers || style.extended || style.bpf > 0)) writeFlags(out, flags);
  if (cong !== 0) text(out, message, cong, attributes.length[INET_DIAG_CONG] as number);
  out.room(ROOM);
  const into = out.buffer;
  let p = out.position;
  if ((flags & 4) !== 0) {
    const wscale = (head >>> 16) & 255;
    p = writeUint(wscale & 15, into, writeLabel(LABELS.wscale, into, p));
    into[p] = 44;
    p = writeUint(wscale >> 4, into, p + 1);
  }
  const rto = get32(w, TCPI.rto);
  if (rto !== NO_RTO) p = milliseconds(LABELS.rto, rto, into, p);
  p = count(LABELS.backoff, head & 255, into, p);
  const rtt = get32(w, TCPI.rtt);
  if (rtt !== 0) {
    p = milliseconds(LABELS.rtt, rtt, into, p);
    into[p] = 47;
    p = writeMilliseconds(get32(w, TCPI.rttvar), into, p + 1);
  }
  p = milliseconds(LABELS.ato, get32(w, TCPI.ato), into, p);
  const mss = get32(w, TCPI.sndMss);
  p = signed(LABELS.mss, mss | 0, into, p);
  p = count(LABELS.pmtu, get32(w, TCPI.pmtu), into, p);
  p = signed(LABELS.rcvmss, get32(w, TCPI.rcvMss) | 0, into, p);
  p = signed(LABELS.advmss, get32(w, TCPI.advmss) | 0, into, p);
  const cwnd = get32(w, TCPI.sndCwnd);
  p = count(LABELS.cwnd, cwnd, into, p);
  const ssthresh = get32(w, TCPI.sndSsthresh);
  if (ssthresh < NO_SSTHRESH) p = count(LABELS.ssthresh, ssthresh, into, p);
  p = writeTraffic(w, into, p);
  p = writeDctcp(message, attributes, into, p);
  p = writeBbr(message, attributes, style.numeric, into, p);
  const rate = sendRate(vegasRtt(message, attributes) || rtt, mss, cwnd);
  if (rate >= 0) p = writeRate(rate, style.numeric, into, writeLabel(LABELS.send, into, p));
  p = count(LABELS.lastsnd, get32(w, TCPI.lastDataSent), into, p);
  p = count(LABELS.lastrcv, get32(w, TCPI.lastDataRecv), into, p);
  p = count(LABELS.lastack, get32(w, TCPI.lastAckRecv), into, p);
  p = writeDelivery(w, style.numeric, into, p);
  p = writeLoss(w, attributes.state === STATES.listen, into, p);
  out.position = writeReceiving(w, into, p);
}

function writeFlags(out: Sink, flags: number): void {
  if ((flags & 1) !== 0) out.bytes(LABELS.ts);
  if ((flags & 2) !== 0) out.bytes(LABELS.sack);
  if ((flags & 8) !== 0) out.bytes(LABELS.ecn);
  if ((flags & 16) !== 0) out.bytes(LABELS.ecnseen);
  if ((flags & 32) !== 0) out.bytes(LABELS.fastopen);
}

/** @hot */
function writeTraffic(w: number, into: Uint8Array, at: number): number {
  let p = count64(LABELS.bytesSent, w, TCPI.bytesSent, into, at);
  p = count64(LABELS.bytesRetrans, w, TCPI.bytesRetrans, into, p);
  p = count64(LABELS.bytesAcked, w, TCPI.bytesAcked, into, p);
  p = count64(LABELS.bytesReceived, w, TCPI.bytesReceived, into, p);
  p = count(LABELS.segsOut, get32(w, TCPI.segsOut), into, p);
  p = count(LABELS.segsIn, get32(w, TCPI.segsIn), into, p);
  p = count(LABELS.dataSegsOut, get32(w, TCPI.dataSegsOut), into, p);
  return count(LABELS.dataSegsIn, get32(w, TCPI.dataSegsIn), into, p);
}

/** Bits a second that a window each round trip makes; -1 when a part is not known. */
function sendRate(rtt: number, mss: number, cwnd: number): number {
  return rtt > 0 && mss > 0 && cwnd > 0 ? (cwnd * mss * 8_000_000) / rtt : -1;
}

/** @hot */
function writeDelivery(w: number, numeric: boolean, into: Uint8Array, at: number): number {
  let p = at;
  const pacing = get64(w, TCPI.pacingRate);
  if (pacing !== 0 && !isUnlimited(w, TCPI.pacingRate)) {
    p = writeRate(pacing * 8, numeric, into, writeLabel(LABELS.pacingRate, into, p));
    const most = get64(w, TCPI.maxPacingRate);
    if (most !== 0 && !isUnlimited(w, TCPI.maxPacingRate)) {
      into[p] = 47;
      p = writeRate(most * 8, numeric, into, p + 1);
    }
  }
  const delivery = get64(w, TCPI.deliveryRate);
  if (delivery !== 0) p = writeRate(delivery * 8, numeric, into, writeLabel(LABELS.deliveryRate, into, p));
  p = count(LABELS.delivered, get32(w, TCPI.delivered), into, p);
  p = count(LABELS.deliveredCe, get32(w, TCPI.deliveredCe), into, p);
  if ((get32(w, TCPI.backoff) & APP_LIMITED) !== 0) p = writeLabel(LABELS.appLimited, into, p);
  const busy = get64(w, TCPI.busyTime);
  if (busy === 0) return p;
  p = wholeMilliseconds(w, TCPI.busyTime, into, writeLabel(LABELS.busy, into, p));
  p = share(LABELS.rwndLimited, w, TCPI.rwndLimited, busy, into, p);
  return share(LABELS.sndbufLimited, w, TCPI.sndbufLimited, busy, into, p);
}

function wholeMilliseconds(w: number, offset: number, into: Uint8Array, at: number): number {
  const us = get64(w, offset);
  const p =
    us <= Number.MAX_SAFE_INTEGER
      ? writeUint(Math.floor(us / 1000), into, at)
      : writeAscii((getBig64(w, offset) / 1000n).toString(), into, at);
  return writeAscii('ms', into, p);
}

/** A part of the busy time, and how much of it that is. */
function share(name: Uint8Array, w: number, offset: number, busy: number, into: Uint8Array, at: number): number {
  const us = get64(w, offset);
  if (us === 0) return at;
  const p = wholeMilliseconds(w, offset, into, writeLabel(name, into, at));
  return writeAscii(`(${tenths((us * 100) / busy)}%)`, into, p);
}

/** @hot */
function writeLoss(w: number, listening: boolean, into: Uint8Array, at: number): number {
  let p = count(LABELS.unacked, get32(w, TCPI.unacked), into, at);
  const retrans = get32(w, TCPI.retrans);
  const total = get32(w, TCPI.totalRetrans);
  if (retrans !== 0 || total !== 0) {
    p = writeUint(retrans, into, writeLabel(LABELS.retrans, into, p));
    into[p] = 47;
    p = writeUint(total, into, p + 1);
  }
  p = count(LABELS.lost, get32(w, TCPI.lost), into, p);
  // Of a listener this is its backlog, which has a column.
  if (!listening) p = count(LABELS.sacked, get32(w, TCPI.sacked), into, p);
  p = count(LABELS.dsackDups, get32(w, TCPI.dsackDups), into, p);
  p = count(LABELS.fackets, get32(w, TCPI.fackets), into, p);
  const reordering = get32(w, TCPI.reordering) | 0;
  if (reordering !== USUAL_REORDERING) p = writeInt(reordering, into, writeLabel(LABELS.reordering, into, p));
  return signed(LABELS.reordSeen, get32(w, TCPI.reordSeen) | 0, into, p);
}

/** @hot */
function writeReceiving(w: number, into: Uint8Array, at: number): number {
  let p = milliseconds(LABELS.rcvRtt, get32(w, TCPI.rcvRtt), into, at);
  p = signed(LABELS.rcvSpace, get32(w, TCPI.rcvSpace) | 0, into, p);
  p = count(LABELS.rcvSsthresh, get32(w, TCPI.rcvSsthresh), into, p);
  p = count(LABELS.notsent, get32(w, TCPI.notsentBytes), into, p);
  const minRtt = get32(w, TCPI.minRtt);
  if (minRtt !== NO_RTT) p = milliseconds(LABELS.minrtt, minRtt, into, p);
  p = count(LABELS.rcvOoopack, get32(w, TCPI.rcvOoopack), into, p);
  return count(LABELS.sndWnd, get32(w, TCPI.sndWnd), into, p);
}

/** Round trip time as TCP Vegas has it, 0 for none. Source: struct tcpvegas_info. */
function vegasRtt(buf: Uint8Array, attributes: InetAttributes): number {
  const at = attributes.find(INET_DIAG_VEGASINFO, 12);
  if (at === 0 || u32(buf, at) === 0) return 0;
  const rtt = u32(buf, at + 8);
  return rtt === VEGAS_NO_RTT ? 0 : rtt;
}

/** Bytes `[at, at + 4)` of an attribute as a number, 0 behind its end. */
function field32(buf: Uint8Array, attributes: InetAttributes, type: number, offset: number): number {
  return (attributes.length[type] as number) >= offset + 4 ? u32(buf, (attributes.at[type] as number) + offset) : 0;
}

/** Source: struct tcp_dctcp_info. */
function writeDctcp(buf: Uint8Array, attributes: InetAttributes, into: Uint8Array, to: number): number {
  const at = attributes.find(INET_DIAG_DCTCPINFO, 4);
  if (at === 0) return to;
  if (u16(buf, at) === 0) return writeLabel(LABELS.fallback, into, to);
  const field = (offset: number): number => field32(buf, attributes, INET_DIAG_DCTCPINFO, offset);
  const state = `ce_state:${u16(buf, at + 2)},alpha:${field(4)},ab_ecn:${field(8)},ab_tot:${field(12)}`;
  return writeAscii(` dctcp:(${state})`, into, to);
}

/** Source: struct tcp_bbr_info; gains have 8 bits behind the point. @hot */
function writeBbr(buf: Uint8Array, attributes: InetAttributes, numeric: boolean, into: Uint8Array, to: number): number {
  const at = attributes.find(INET_DIAG_BBRINFO, 8);
  if (at === 0) return to;
  let p = writeRate(u64(buf, at) * 8, numeric, into, writeLabel(LABELS.bbr, into, to));
  p = writeMilliseconds(field32(buf, attributes, INET_DIAG_BBRINFO, 8), into, writeLabel(LABELS.mrtt, into, p));
  p = gain(LABELS.pacingGain, field32(buf, attributes, INET_DIAG_BBRINFO, 12), into, p);
  p = gain(LABELS.cwndGain, field32(buf, attributes, INET_DIAG_BBRINFO, 16), into, p);
  into[p] = 41;
  return p + 1;
}

/** @hot */
function gain(name: Uint8Array, shifted: number, into: Uint8Array, at: number): number {
  if (shifted === 0) return at;
  const p = writeLabel(name, into, at);
  return (shifted & 255) === 0 ? writeUint(shifted >>> 8, into, p) : writeAscii(general(shifted / 256), into, p);
}
