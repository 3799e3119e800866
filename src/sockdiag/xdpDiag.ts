import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {type Decoded, message, pad, struct, u8, u32, u64} from '../netlink/schema.js';
import {SOCK_DIAG_BY_FAMILY} from './constants.js';
import {skMemInfo} from './tcpInfo.js';

const AF_XDP = 44;

/** All that there is to tell, in bits of `show`. Source: uapi linux/xdp_diag.h, XDP_SHOW_*. */
const XDP_EVERYTHING = 0x1f;

/** Source: uapi linux/xdp_diag.h, struct xdp_diag_req. */
export const xdpDiagRequest = message(
  'xdpDiagRequest',
  {family: u8, protocol: u8, hole: pad(2), ino: u32, show: u32, cookie: u64},
  {},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

const ring = struct('xdp_diag_ring', {entries: u32});

/** One XDP socket. Source: uapi linux/xdp_diag.h, struct xdp_diag_msg and the XDP_DIAG_ attributes. */
export const xdpDiag = message(
  'xdpDiag',
  {family: u8, type: u8, hole: pad(2), ino: u32, cookie: u64},
  {
    /** Interface and queue it is bound to. */
    info: [1, struct('xdp_diag_info', {ifindex: u32, queueId: u32})],
    uid: [2, u32],
    rxRing: [3, ring],
    txRing: [4, ring],
    umem: [
      5,
      struct('xdp_diag_umem', {
        /** Bytes. */
        size: u64,
        id: u32,
        numPages: u32,
        chunkSize: u32,
        headroom: u32,
        ifindex: u32,
        queueId: u32,
        /** Bit 0: no copies. */
        flags: u32,
        refs: u32,
      }),
    ],
    umemFillRing: [6, ring],
    umemCompletionRing: [7, ring],
    meminfo: [8, skMemInfo],
    stats: [
      9,
      struct('xdp_diag_stats', {
        rxDropped: u64,
        rxInvalid: u64,
        rxFull: u64,
        fillRingEmpty: u64,
        txInvalid: u64,
        txRingEmpty: u64,
      }),
    ],
  },
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** One XDP socket as the kernel describes it, see `xdpDiag`. */
export type XdpSocket = Decoded<typeof xdpDiag>;

/** The dump of all XDP sockets: `ss --xdp`. */
export function xdpDump(): Request<typeof xdpDiagRequest, typeof xdpDiag> {
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: xdpDiagRequest,
    body: {family: AF_XDP, show: XDP_EVERYTHING},
    reply: xdpDiag,
  };
}
