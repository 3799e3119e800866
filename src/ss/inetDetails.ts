import {AF_INET6} from '../addr/ip.js';
import {CgroupPaths} from '../procfs/cgroup.js';
import {
  INET_DIAG_CGROUP_ID,
  INET_DIAG_CLASS_ID,
  INET_DIAG_MARK,
  INET_DIAG_MD5SIG,
  INET_DIAG_MEMINFO,
  INET_DIAG_SHUTDOWN,
  INET_DIAG_SKMEMINFO,
  INET_DIAG_SKV6ONLY,
  INET_DIAG_SOCKOPT,
  INET_DIAG_TCLASS,
  INET_DIAG_TOS,
  INET_DIAG_ULP_INFO,
} from '../sockdiag/constants.js';
import {big64, i32, u16, u32} from '../sockdiag/littleEndian.js';
import type {Sink} from '../view/sink.js';
import {InetAttributes} from './attributes.js';
import type {ListContext} from './context.js';
import {writeTcpInfo} from './tcpInfo.js';
import {writeMd5Keys, writeUlp} from './tcpUlp.js';
import {writeTimer} from './timer.js';

/** Names of `-m`, in the order of SK_MEMINFO_. Older kernels send no more than the first seven. */
const SKMEM = ['r', ',rb', ',t', ',tb', ',f', ',w', ',o', ',bl', ',d'] as const;
const SKMEM_ALWAYS = 7;
/** Names of `--inet-sockopt`, bit by bit. Source: uapi linux/inet_diag.h, struct inet_diag_sockopt. */
const SOCKOPTS = [
  'recverr',
  'is_icsk',
  'freebind',
  'hdrincl',
  'mc_loop',
  'transparent',
  'mc_all',
  'nodefrag',
  'bind_addr_no_port',
  'recverr_rfc4884',
  'defer_connect',
] as const;
/** Arrows by the bits of sk_shutdown: 1 no more reading, 2 no more writing. */
const ARROWS = [' <->', ' -->', ' <--', ' ---'] as const;

const attributes = new InetAttributes();
let cgroups: CgroupPaths | undefined;

/**
 * Writes what stands behind the columns of an inet socket into `context.details`.
 * Source: order and formats of ss 6.1, observed by replaying messages made for it (`TCPDIAG_FILE`).
 * @hot
 */
export function writeInetDetails(context: ListContext, netid: string, buf: Uint8Array, at: number, end: number): void {
  const {details: out, options} = context;
  attributes.read(buf, at, end);
  if (options.processes) context.writeOwners(u32(buf, at + 68));
  if (options.timers || options.extended || options.bpf > 0) {
    const timer = buf[at + 2] as number;
    if (timer !== 0) writeTimer(out, timer, u32(buf, at + 52), buf[at + 3] as number, context.timerName);
  }
  if (options.extended) writeExtended(out, context, buf, at);
  if (options.tos) writeTos(out, buf);
  if (options.cgroup) writeCgroup(out, context, buf);
  const sockopt = options.inetSockopt ? attributes.find(INET_DIAG_SOCKOPT, 2) : 0;
  if (sockopt !== 0) {
    if (options.oneline) out.byte(32);
    else context.detailLine();
    writeSockopt(out, u16(buf, sockopt));
  }
  // UDP has no state of its own to tell.
  if (options.memory || (options.info && netid !== 'udp')) {
    context.detailLine();
    writeMemory(out, buf);
    (context.writeInfo ?? writeTcpInfo)(out, buf, attributes, options);
    const keys = attributes.at[INET_DIAG_MD5SIG] as number;
    if (keys !== 0) writeMd5Keys(out, context, buf, keys, attributes.length[INET_DIAG_MD5SIG] as number);
    const ulp = attributes.at[INET_DIAG_ULP_INFO] as number;
    if (ulp !== 0) writeUlp(out, buf, ulp, attributes.length[INET_DIAG_ULP_INFO] as number);
  }
}

/** `-e` @hot */
function writeExtended(out: Sink, context: ListContext, buf: Uint8Array, at: number): void {
  const uid = u32(buf, at + 64);
  if (uid !== 0) {
    out.ascii(' uid:');
    out.uint(uid);
  }
  out.ascii(' ino:');
  out.uint(u32(buf, at + 68));
  out.ascii(' sk:');
  writeCookie(out, buf, at + 44);
  const mark = attributes.find(INET_DIAG_MARK, 4);
  if (mark !== 0 && i32(buf, mark) !== 0) {
    out.ascii(' fwmark:0x');
    out.hex(u32(buf, mark));
  }
  writeCgroup(out, context, buf);
  const v6only = buf[at] === AF_INET6 ? attributes.find(INET_DIAG_SKV6ONLY, 1) : 0;
  if (v6only !== 0) {
    out.ascii(' v6only:');
    out.uint(buf[v6only] as number);
  }
  const shutdown = attributes.find(INET_DIAG_SHUTDOWN, 1);
  if (shutdown !== 0) out.ascii(ARROWS[(buf[shutdown] as number) & 3] as string);
}

/** The kernel's number of a socket, in hex. */
export function writeCookie(out: Sink, buf: Uint8Array, at: number): void {
  const high = u32(buf, at + 4);
  if (high !== 0) out.hex(high);
  out.hex(u32(buf, at), high === 0 ? 1 : 8);
}

/** `--tos` */
function writeTos(out: Sink, buf: Uint8Array): void {
  const tos = attributes.find(INET_DIAG_TOS, 1);
  if (tos !== 0) prefixedHex(out, ' tos:', buf[tos] as number);
  const tclass = attributes.find(INET_DIAG_TCLASS, 1);
  if (tclass !== 0) prefixedHex(out, ' tclass:', buf[tclass] as number);
  const classId = attributes.find(INET_DIAG_CLASS_ID, 4);
  if (classId !== 0) prefixedHex(out, ' class_id:', u32(buf, classId));
}

/** printf's `%#x`: no prefix for 0. */
function prefixedHex(out: Sink, label: string, n: number): void {
  out.ascii(label);
  if (n !== 0) out.ascii('0x');
  out.hex(n);
}

/** Part of `-e`, and `--cgroup`. */
function writeCgroup(out: Sink, context: ListContext, buf: Uint8Array): void {
  const at = attributes.find(INET_DIAG_CGROUP_ID, 8);
  if (at === 0) return;
  out.ascii(' cgroup:');
  const id = big64(buf, at);
  cgroups ??= new CgroupPaths();
  const path = id === 0n ? undefined : cgroups.path(id);
  if (path !== undefined) {
    out.text(path);
    return;
  }
  for (const line of id === 0n ? ['Invalid cgroup2 ID'] : cgroups.obstacles()) context.io.err(`${line}\n`);
  out.ascii('unreachable:');
  out.ascii(id.toString(16));
}

/** `--inet-sockopt` */
function writeSockopt(out: Sink, flags: number): void {
  out.ascii('inet-sockopt: (');
  for (let bit = 0; bit < SOCKOPTS.length; bit++) {
    if ((flags & (1 << bit)) === 0) continue;
    out.byte(32);
    out.ascii(SOCKOPTS[bit] as string);
  }
  out.byte(41);
}

/** `-m`, and unasked with `-i` where the kernel sends it. @hot */
function writeMemory(out: Sink, buf: Uint8Array): void {
  const at = attributes.at[INET_DIAG_SKMEMINFO] as number;
  if (at !== 0) {
    const fields = (attributes.length[INET_DIAG_SKMEMINFO] as number) >> 2;
    out.ascii(' skmem:(');
    for (let i = 0; i < SKMEM.length && (i < SKMEM_ALWAYS || i < fields); i++) {
      out.ascii(SKMEM[i] as string);
      out.uint(i < fields ? u32(buf, at + 4 * i) : 0);
    }
    out.byte(41);
    return;
  }
  const old = attributes.at[INET_DIAG_MEMINFO] as number;
  if (old === 0) return;
  const fields = (attributes.length[INET_DIAG_MEMINFO] as number) >> 2;
  const field = (i: number): number => (i < fields ? u32(buf, old + 4 * i) : 0);
  out.ascii(` mem:(r${field(0)},w${field(1)},f${field(2)},t${field(3)})`);
}
