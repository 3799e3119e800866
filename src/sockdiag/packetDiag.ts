import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {type Decoded, list, message, octets, pad, struct, u8, u16, u32, u64} from '../netlink/schema.js';
import {SOCK_DIAG_BY_FAMILY} from './constants.js';
import {skMemInfo} from './tcpInfo.js';

const AF_PACKET = 17;

/** What to tell of a packet socket, bits of `show`. Source: uapi linux/packet_diag.h, PACKET_SHOW_*. */
export const PACKET_SHOW = {info: 1, mclist: 2, ringCfg: 4, fanout: 8, meminfo: 16, filter: 32} as const;

/** Source: uapi linux/packet_diag.h, struct packet_diag_req. */
export const packetDiagRequest = message(
  'packetDiagRequest',
  {family: u8, protocol: u8, hole: pad(2), ino: u32, show: u32, cookie: u64},
  {},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** A ring of packets shared with the kernel; times in ms. Source: uapi linux/packet_diag.h, struct packet_diag_ring. */
const ring = struct('packet_diag_ring', {
  blockSize: u32,
  blockNr: u32,
  frameSize: u32,
  frameNr: u32,
  retireTmo: u32,
  sizeofPriv: u32,
  features: u32,
});

/** One packet socket. Source: uapi linux/packet_diag.h, struct packet_diag_msg and the PACKET_DIAG_ attributes. */
export const packetDiag = message(
  'packetDiag',
  {
    family: u8,
    /** 2 datagram, 3 raw. */
    type: u8,
    /** Ethernet protocol, 3 for all. */
    num: u16,
    ino: u32,
    cookie: u64,
  },
  {
    info: [
      0,
      struct('packet_diag_info', {
        /** Interface it is bound to, 0 for all. */
        index: u32,
        version: u32,
        reserve: u32,
        copyThresh: u32,
        tstamp: u32,
        /** 1 running, 2 auxdata, 4 origdev, 8 vnethdr, 16 loss. */
        flags: u32,
      }),
    ],
    mclist: [1, list(struct('packet_diag_mclist', {index: u32, count: u32, type: u16, alen: u16, addr: octets(32)}))],
    rxRing: [2, ring],
    txRing: [3, ring],
    /** Identifier in the low, type in the high 16 bits. */
    fanout: [4, u32],
    uid: [5, u32],
    meminfo: [6, skMemInfo],
    /** Program of the socket filter. */
    filter: [7, list(struct('sock_filter', {code: u16, jt: u8, jf: u8, k: u32}))],
  },
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** One packet socket as the kernel describes it, see `packetDiag`. */
export type PacketSocket = Decoded<typeof packetDiag>;

/** The dump of all packet sockets: `ss -0`. @param show bits of PACKET_SHOW */
export function packetDump(show: number): Request<typeof packetDiagRequest, typeof packetDiag> {
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: packetDiagRequest,
    body: {family: AF_PACKET, show},
    reply: packetDiag,
  };
}
