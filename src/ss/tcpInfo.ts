import {
  INET_DIAG_BBRINFO,
  INET_DIAG_CONG,
  INET_DIAG_DCTCPINFO,
  INET_DIAG_INFO,
  INET_DIAG_VEGASINFO,
} from '../sockdiag/constants.js';
import {allOnes64, big64, i32, u16, u32, u64} from '../sockdiag/littleEndian.js';
import {STATES} from '../sockdiag/states.js';
import type {GrowingSink} from '../view/growing.js';
import type {Sink} from '../view/sink.js';
import type {InetAttributes} from './attributes.js';
import {general, tenths, writeMilliseconds, writeRate} from './decimal.js';

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
/** Values that are usual and therefore not shown. */
const NO_RTO = 3_000_000;
const NO_SSTHRESH = 0xffff;
const USUAL_REORDERING = 3;
const NO_RTT = 0xffff_ffff;
/** What TCP Vegas has for no measurement. */
const VEGAS_NO_RTT = 0x7fff_ffff;

/** A short message's bytes, filled up with zeros. */
const padded = new Uint8Array(SHOWN);

/** ` name:123`, nothing for 0. @hot */
function count(out: Sink, label: string, n: number): void {
  if (n === 0) return;
  out.ascii(label);
  out.uint(n);
}

/** The same for what the reference takes as signed. @hot */
function signed(out: Sink, label: string, n: number): void {
  if (n === 0) return;
  out.ascii(label);
  out.int(n);
}

/** The same for 64 bits at `at`. @hot */
function count64(out: Sink, label: string, buf: Uint8Array, at: number): void {
  const n = u64(buf, at);
  if (n === 0) return;
  out.ascii(label);
  if (n <= Number.MAX_SAFE_INTEGER) out.uint(n);
  else out.big(big64(buf, at));
}

/** ` name:0.123` of microseconds, nothing for 0. @hot */
function milliseconds(out: Sink, label: string, us: number): void {
  if (us === 0) return;
  out.ascii(label);
  writeMilliseconds(out, us);
}

/** Copies what is up to a NUL, after a blank. @hot */
export function text(out: Sink, buf: Uint8Array, at: number, length: number): void {
  out.byte(32);
  for (let p = at; p < at + length && buf[p] !== 0; p++) out.byte(buf[p] as number);
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
  let at = attributes.at[INET_DIAG_INFO] as number;
  if (at === 0) return;
  const length = attributes.length[INET_DIAG_INFO] as number;
  let buf = message;
  if (length < SHOWN) {
    padded.fill(0);
    for (let i = 0; i < length; i++) padded[i] = message[at + i] as number;
    buf = padded;
    at = 0;
  }
  const flags = buf[at + TCPI.options] as number;
  if (flags !== 0 && (style.timers || style.extended || style.bpf > 0)) {
    if ((flags & 1) !== 0) out.ascii(' ts');
    if ((flags & 2) !== 0) out.ascii(' sack');
    if ((flags & 8) !== 0) out.ascii(' ecn');
    if ((flags & 16) !== 0) out.ascii(' ecnseen');
    if ((flags & 32) !== 0) out.ascii(' fastopen');
  }
  const cong = attributes.at[INET_DIAG_CONG] as number;
  if (cong !== 0) text(out, message, cong, attributes.length[INET_DIAG_CONG] as number);
  if ((flags & 4) !== 0) {
    const wscale = buf[at + TCPI.wscale] as number;
    out.ascii(' wscale:');
    out.uint(wscale & 15);
    out.byte(44);
    out.uint(wscale >> 4);
  }
  const rto = u32(buf, at + TCPI.rto);
  if (rto !== NO_RTO) milliseconds(out, ' rto:', rto);
  count(out, ' backoff:', buf[at + TCPI.backoff] as number);
  const rtt = u32(buf, at + TCPI.rtt);
  if (rtt !== 0) {
    milliseconds(out, ' rtt:', rtt);
    out.byte(47);
    writeMilliseconds(out, u32(buf, at + TCPI.rttvar));
  }
  milliseconds(out, ' ato:', u32(buf, at + TCPI.ato));
  const mss = i32(buf, at + TCPI.sndMss);
  signed(out, ' mss:', mss);
  count(out, ' pmtu:', u32(buf, at + TCPI.pmtu));
  signed(out, ' rcvmss:', i32(buf, at + TCPI.rcvMss));
  signed(out, ' advmss:', i32(buf, at + TCPI.advmss));
  const cwnd = u32(buf, at + TCPI.sndCwnd);
  count(out, ' cwnd:', cwnd);
  const ssthresh = u32(buf, at + TCPI.sndSsthresh);
  if (ssthresh < NO_SSTHRESH) count(out, ' ssthresh:', ssthresh);
  count64(out, ' bytes_sent:', buf, at + TCPI.bytesSent);
  count64(out, ' bytes_retrans:', buf, at + TCPI.bytesRetrans);
  count64(out, ' bytes_acked:', buf, at + TCPI.bytesAcked);
  count64(out, ' bytes_received:', buf, at + TCPI.bytesReceived);
  count(out, ' segs_out:', u32(buf, at + TCPI.segsOut));
  count(out, ' segs_in:', u32(buf, at + TCPI.segsIn));
  count(out, ' data_segs_out:', u32(buf, at + TCPI.dataSegsOut));
  count(out, ' data_segs_in:', u32(buf, at + TCPI.dataSegsIn));
  writeDctcp(out, message, attributes);
  writeBbr(out, message, attributes, style);
  const rate = sendRate(vegasRtt(message, attributes) || rtt, mss >>> 0, cwnd);
  if (rate >= 0) {
    out.ascii(' send ');
    writeRate(out, rate, style.numeric);
  }
  count(out, ' lastsnd:', u32(buf, at + TCPI.lastDataSent));
  count(out, ' lastrcv:', u32(buf, at + TCPI.lastDataRecv));
  count(out, ' lastack:', u32(buf, at + TCPI.lastAckRecv));
  writeDelivery(out, buf, at, style);
  writeLoss(out, buf, at, attributes.state === STATES.listen);
  milliseconds(out, ' rcv_rtt:', u32(buf, at + TCPI.rcvRtt));
  signed(out, ' rcv_space:', i32(buf, at + TCPI.rcvSpace));
  count(out, ' rcv_ssthresh:', u32(buf, at + TCPI.rcvSsthresh));
  count(out, ' notsent:', u32(buf, at + TCPI.notsentBytes));
  const minRtt = u32(buf, at + TCPI.minRtt);
  if (minRtt !== NO_RTT) milliseconds(out, ' minrtt:', minRtt);
  count(out, ' rcv_ooopack:', u32(buf, at + TCPI.rcvOoopack));
  count(out, ' snd_wnd:', u32(buf, at + TCPI.sndWnd));
}

/** Bits a second that a window each round trip makes; -1 when a part is not known. */
function sendRate(rtt: number, mss: number, cwnd: number): number {
  return rtt > 0 && mss > 0 && cwnd > 0 ? (cwnd * mss * 8_000_000) / rtt : -1;
}

/** @hot */
function writeDelivery(out: Sink, buf: Uint8Array, at: number, {numeric}: TcpInfoStyle): void {
  const pacing = u64(buf, at + TCPI.pacingRate);
  if (pacing !== 0 && !allOnes64(buf, at + TCPI.pacingRate)) {
    out.ascii(' pacing_rate ');
    writeRate(out, pacing * 8, numeric);
    const most = u64(buf, at + TCPI.maxPacingRate);
    if (most !== 0 && !allOnes64(buf, at + TCPI.maxPacingRate)) {
      out.byte(47);
      writeRate(out, most * 8, numeric);
    }
  }
  const delivery = u64(buf, at + TCPI.deliveryRate);
  if (delivery !== 0) {
    out.ascii(' delivery_rate ');
    writeRate(out, delivery * 8, numeric);
  }
  count(out, ' delivered:', u32(buf, at + TCPI.delivered));
  count(out, ' delivered_ce:', u32(buf, at + TCPI.deliveredCe));
  if (((buf[at + TCPI.deliveryFlags] as number) & 1) !== 0) out.ascii(' app_limited');
  const busy = u64(buf, at + TCPI.busyTime);
  if (busy === 0) return;
  out.ascii(' busy:');
  wholeMilliseconds(out, buf, at + TCPI.busyTime, busy);
  share(out, ' rwnd_limited:', buf, at + TCPI.rwndLimited, busy);
  share(out, ' sndbuf_limited:', buf, at + TCPI.sndbufLimited, busy);
}

function wholeMilliseconds(out: Sink, buf: Uint8Array, at: number, us: number): void {
  if (us <= Number.MAX_SAFE_INTEGER) out.uint(Math.floor(us / 1000));
  else out.big(big64(buf, at) / 1000n);
  out.ascii('ms');
}

/** A part of the busy time, and how much of it that is. */
function share(out: Sink, label: string, buf: Uint8Array, at: number, busy: number): void {
  const us = u64(buf, at);
  if (us === 0) return;
  out.ascii(label);
  wholeMilliseconds(out, buf, at, us);
  out.byte(40);
  out.ascii(tenths((us * 100) / busy));
  out.ascii('%)');
}

/** @hot */
function writeLoss(out: Sink, buf: Uint8Array, at: number, listening: boolean): void {
  count(out, ' unacked:', u32(buf, at + TCPI.unacked));
  const retrans = u32(buf, at + TCPI.retrans);
  const total = u32(buf, at + TCPI.totalRetrans);
  if (retrans !== 0 || total !== 0) {
    out.ascii(' retrans:');
    out.uint(retrans);
    out.byte(47);
    out.uint(total);
  }
  count(out, ' lost:', u32(buf, at + TCPI.lost));
  // Of a listener this is its backlog, which has a column.
  if (!listening) count(out, ' sacked:', u32(buf, at + TCPI.sacked));
  count(out, ' dsack_dups:', u32(buf, at + TCPI.dsackDups));
  count(out, ' fackets:', u32(buf, at + TCPI.fackets));
  const reordering = i32(buf, at + TCPI.reordering);
  if (reordering !== USUAL_REORDERING) {
    out.ascii(' reordering:');
    out.int(reordering);
  }
  signed(out, ' reord_seen:', i32(buf, at + TCPI.reordSeen));
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
function writeDctcp(out: Sink, buf: Uint8Array, attributes: InetAttributes): void {
  const at = attributes.find(INET_DIAG_DCTCPINFO, 4);
  if (at === 0) return;
  if (u16(buf, at) === 0) {
    out.ascii(' dctcp:fallback_mode');
    return;
  }
  const field = (offset: number): number => field32(buf, attributes, INET_DIAG_DCTCPINFO, offset);
  out.ascii(` dctcp:(ce_state:${u16(buf, at + 2)},alpha:${field(4)},ab_ecn:${field(8)},ab_tot:${field(12)})`);
}

/** Source: struct tcp_bbr_info; gains have 8 bits behind the point. @hot */
function writeBbr(out: Sink, buf: Uint8Array, attributes: InetAttributes, {numeric}: TcpInfoStyle): void {
  const at = attributes.find(INET_DIAG_BBRINFO, 8);
  if (at === 0) return;
  out.ascii(' bbr:(bw:');
  writeRate(out, u64(buf, at) * 8, numeric);
  out.ascii(',mrtt:');
  writeMilliseconds(out, field32(buf, attributes, INET_DIAG_BBRINFO, 8));
  gain(out, ',pacing_gain:', field32(buf, attributes, INET_DIAG_BBRINFO, 12));
  gain(out, ',cwnd_gain:', field32(buf, attributes, INET_DIAG_BBRINFO, 16));
  out.byte(41);
}

/** @hot */
function gain(out: Sink, label: string, shifted: number): void {
  if (shifted === 0) return;
  out.ascii(label);
  if ((shifted & 255) === 0) out.uint(shifted >>> 8);
  else out.ascii(general(shifted / 256));
}
