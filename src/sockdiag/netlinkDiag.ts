import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {type Decoded, list, message, pad, struct, u8, u32, u64} from '../netlink/schema.js';
import {SOCK_DIAG_BY_FAMILY} from './constants.js';
import {skMemInfo} from './tcpInfo.js';

const AF_NETLINK = 16;
/** Sockets of all netlink protocols. */
const NDIAG_PROTO_ALL = 255;

/** What to tell of a netlink socket, bits of `show`. Source: uapi linux/netlink_diag.h, NDIAG_SHOW_*. */
export const NDIAG_SHOW = {meminfo: 1, groups: 2, ringCfg: 4, flags: 8} as const;

/** Source: uapi linux/netlink_diag.h, struct netlink_diag_req. */
export const netlinkDiagRequest = message(
  'netlinkDiagRequest',
  {family: u8, protocol: u8, hole: pad(2), ino: u32, show: u32, cookie: u64},
  {},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

const ring = struct('netlink_diag_ring', {blockSize: u32, blockNr: u32, frameSize: u32, frameNr: u32});

/** One netlink socket. Source: uapi linux/netlink_diag.h, struct netlink_diag_msg and the NETLINK_DIAG_ attributes. */
export const netlinkDiag = message(
  'netlinkDiag',
  {
    family: u8,
    type: u8,
    /** NETLINK_ROUTE (0) and so on. */
    protocol: u8,
    state: u8,
    /** 0 is the kernel's own; else mostly the process that opened it. */
    portid: u32,
    dstPortid: u32,
    dstGroup: u32,
    ino: u32,
    cookie: u64,
  },
  {
    meminfo: [0, skMemInfo],
    /** Multicast groups, a bit each from group 1 up. */
    groups: [1, list(u32)],
    rxRing: [2, ring],
    txRing: [3, ring],
    /** Bits of NDIAG_FLAG_. */
    flags: [4, u32],
  },
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** One netlink socket as the kernel describes it, see `netlinkDiag`. */
export type NetlinkSocket = Decoded<typeof netlinkDiag>;

/** The dump of the netlink sockets of all protocols: `ss -f netlink`. @param show bits of NDIAG_SHOW */
export function netlinkDump(show: number): Request<typeof netlinkDiagRequest, typeof netlinkDiag> {
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: netlinkDiagRequest,
    body: {family: AF_NETLINK, protocol: NDIAG_PROTO_ALL, show},
    reply: netlinkDiag,
  };
}
