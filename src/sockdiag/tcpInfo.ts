import {AF_INET, AF_INET6, IpAddress} from '../addr/ip.js';
import {i32, list, octets, struct, u8, u16, u32, u64} from '../netlink/schema.js';

/**
 * State of a TCP connection. Kernels send as much of it as they know, so every field may be undefined. Times are in
 * microseconds but where the name says ms; `lastDataSent` to `lastAckRecv` are ages in ms.
 * Source: uapi linux/tcp.h, struct tcp_info.
 */
export const tcpInfo = struct(
  'tcp_info',
  {
    state: u8,
    caState: u8,
    retransmits: u8,
    probes: u8,
    backoff: u8,
    /** TCPI_OPT_ bits: timestamps 1, sack 2, wscale 4, ecn 8, ecn seen 16, syn data 32. */
    options: u8,
    /** Send scale in the low, receive scale in the high four bits; see `sndWscale`, `rcvWscale`. */
    wscale: u8,
    /** Bit 0: application limited. Bits 1-2: why client fast open failed. */
    deliveryFlags: u8,
    rto: u32,
    ato: u32,
    sndMss: u32,
    rcvMss: u32,
    unacked: u32,
    sacked: u32,
    lost: u32,
    retrans: u32,
    fackets: u32,
    lastDataSent: u32,
    lastAckSent: u32,
    lastDataRecv: u32,
    lastAckRecv: u32,
    pmtu: u32,
    rcvSsthresh: u32,
    rtt: u32,
    rttvar: u32,
    sndSsthresh: u32,
    sndCwnd: u32,
    advmss: u32,
    reordering: u32,
    rcvRtt: u32,
    rcvSpace: u32,
    totalRetrans: u32,
    /** Bytes a second; all ones is no limit. */
    pacingRate: u64,
    maxPacingRate: u64,
    bytesAcked: u64,
    bytesReceived: u64,
    segsOut: u32,
    segsIn: u32,
    notsentBytes: u32,
    minRtt: u32,
    dataSegsIn: u32,
    dataSegsOut: u32,
    deliveryRate: u64,
    busyTime: u64,
    rwndLimited: u64,
    sndbufLimited: u64,
    delivered: u32,
    deliveredCe: u32,
    bytesSent: u64,
    bytesRetrans: u64,
    dsackDups: u32,
    reordSeen: u32,
    rcvOoopack: u32,
    sndWnd: u32,
    rcvWnd: u32,
    rehash: u32,
    totalRto: u16,
    totalRtoRecoveries: u16,
    totalRtoTimeMs: u32,
  },
  {
    grows: true,
    derived: {
      sndWscale: (info): number | undefined => (info.wscale === undefined ? undefined : info.wscale & 15),
      rcvWscale: (info): number | undefined => (info.wscale === undefined ? undefined : info.wscale >> 4),
      appLimited: (info): boolean => ((info.deliveryFlags ?? 0) & 1) !== 0,
    },
  },
);

/** Source: uapi linux/inet_diag.h, struct tcpvegas_info. */
export const vegasInfo = struct('tcpvegas_info', {enabled: u32, rttcnt: u32, rtt: u32, minrtt: u32}, {grows: true});

/** Source: uapi linux/inet_diag.h, struct tcp_dctcp_info. */
export const dctcpInfo = struct(
  'tcp_dctcp_info',
  {enabled: u16, ceState: u16, alpha: u32, abEcn: u32, abTot: u32},
  {grows: true},
);

/** Gains are shifted left by 8 bits. Source: uapi linux/inet_diag.h, struct tcp_bbr_info. */
export const bbrInfo = struct('tcp_bbr_info', {bw: u64, minRtt: u32, pacingGain: u32, cwndGain: u32}, {grows: true});

/** One TCP MD5 key. Source: uapi linux/tcp.h, struct tcp_diag_md5sig. */
export const md5sig = list(
  struct('tcp_diag_md5sig', {
    family: u8,
    prefixlen: u8,
    keylen: u16,
    addr: octets(16),
    key: octets(80),
  }),
);

/** Source: uapi linux/inet_diag.h, struct inet_diag_meminfo. */
export const memInfo = struct('inet_diag_meminfo', {rmem: u32, wmem: u32, fmem: u32, tmem: u32}, {grows: true});

/**
 * Memory of a socket in bytes; `drops` counts packets. Fields are in the order of SK_MEMINFO_RMEM_ALLOC and following.
 * Source: uapi linux/sock_diag.h.
 */
export const skMemInfo = struct(
  'sk_meminfo',
  {
    rmemAlloc: u32,
    rcvbuf: u32,
    wmemAlloc: u32,
    sndbuf: u32,
    /** Negative in some kernels: reserve borrowed by the softirq path. */
    fwdAlloc: i32,
    wmemQueued: u32,
    optmem: u32,
    backlog: u32,
    drops: u32,
  },
  {grows: true},
);

/**
 * Flags of an inet socket, one bit each: first recverr, is_icsk, freebind, hdrincl, mc_loop, transparent, mc_all,
 * nodefrag; second bind_address_no_port, recverr_rfc4884, defer_connect.
 * Source: uapi linux/inet_diag.h, struct inet_diag_sockopt.
 */
export const sockopt = struct('inet_diag_sockopt', {first: u8, second: u8}, {grows: true});

/** An address of SCTP. Source: sockaddr_storage of <sys/socket.h>, ip(7), ipv6(7). */
export const sockaddr = struct(
  'sockaddr_storage',
  {family: u16, rest: octets(126)},
  {
    derived: {
      /** Undefined where the family is neither inet nor inet6. */
      address: ({family, rest}): IpAddress | undefined =>
        family === AF_INET
          ? IpAddress.fromBytes(rest, 2, 4)
          : family === AF_INET6
            ? IpAddress.fromBytes(rest, 6, 16)
            : undefined,
    },
  },
);
