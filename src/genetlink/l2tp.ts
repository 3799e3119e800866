import type {Decoded, Encodable} from '../netlink/schema.js';
import {bytes, flag, inet, inet6, message, text, u8, u16, u32, u64} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/l2tp.h, L2TP_CMD_*, L2TP_ENCAPTYPE_*, L2TP_PWTYPE_*, L2TP_L2SPECTYPE_*. */
export const L2TP_CMD_TUNNEL_CREATE = 1;
export const L2TP_CMD_TUNNEL_DELETE = 2;
export const L2TP_CMD_TUNNEL_GET = 4;
export const L2TP_CMD_SESSION_CREATE = 5;
export const L2TP_CMD_SESSION_DELETE = 6;
export const L2TP_CMD_SESSION_GET = 8;
export const L2TP_ENCAPTYPE_UDP = 0;
export const L2TP_ENCAPTYPE_IP = 1;
export const L2TP_PWTYPE_ETH = 5;
export const L2TP_L2SPECTYPE_NONE = 0;
export const L2TP_L2SPECTYPE_DEFAULT = 1;

/** A tunnel or a session of L2TPv3; `recvTimeout` in ms. Source: uapi linux/l2tp.h, L2TP_ATTR_*. */
export const l2tpMessage = message(
  'l2tp',
  genericHeader,
  {
    pwType: [1, u16],
    encapType: [2, u16],
    offset: [3, u16],
    l2specType: [5, u8],
    l2specLen: [6, u8],
    protoVersion: [7, u8],
    ifname: [8, text],
    connId: [9, u32],
    peerConnId: [10, u32],
    sessionId: [11, u32],
    peerSessionId: [12, u32],
    udpCsum: [13, u8],
    cookie: [15, bytes],
    peerCookie: [16, bytes],
    recvSeq: [18, u8],
    sendSeq: [19, u8],
    recvTimeout: [22, u64],
    ipSaddr: [24, inet],
    ipDaddr: [25, inet],
    udpSport: [26, u16],
    udpDport: [27, u16],
    ip6Saddr: [31, inet6],
    ip6Daddr: [32, inet6],
    udpZeroCsum6Tx: [33, flag],
    udpZeroCsum6Rx: [34, flag],
  },
  {protocol: NETLINK_GENERIC},
);

/** A tunnel or a session. */
export type L2tp = Decoded<typeof l2tpMessage>;
/** Fields of a request about one. */
export type L2tpRequest = Encodable<typeof l2tpMessage>;
