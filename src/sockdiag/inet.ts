import {IpAddress} from '../addr/ip.js';
import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Decoded, Encodable} from '../netlink/schema.js';
import {attrs, be16, bytes, flag, inet6, list, message, nest, pad, text, u8, u16, u32, u64} from '../netlink/schema.js';
import {type StateName, stateName} from './states.js';
import {bbrInfo, dctcpInfo, md5sig, memInfo, skMemInfo, sockaddr, sockopt, tcpInfo, vegasInfo} from './tcpInfo.js';

const AF_INET = 2;

/** What requests and answers share of a socket's identity: struct inet_diag_sockid. */
export const sockid = {
  sport: be16,
  dport: be16,
  /** 16 bytes; an IPv4 address takes the first four. */
  srcWords: inet6,
  dstWords: inet6,
  /** Index of the interface the socket is bound to, 0 for none. */
  if: u32,
  /** Number the kernel knows the socket by; all ones asks for none in particular. */
  cookie: u64,
} as const;

/**
 * Asks for the inet sockets of one family and protocol. `ext` asks for attributes (bit N - 1 for INET_DIAG_ N), `states`
 * is a mask of states. Source: uapi linux/inet_diag.h, struct inet_diag_req_v2.
 */
export const inetDiagRequest = message(
  'inetDiagRequest',
  {family: u8, protocol: u8, ext: u8, hole: pad(1), states: u32, ...sockid},
  {
    /** Filter program that runs in the kernel. */
    bytecode: [1, bytes],
    skBpfStorages: [2, nest(attrs({mapFd: [1, u32]}))],
    /** A protocol number that does not fit `protocol`, such as MPTCP's 262. */
    requestProtocol: [3, u32],
  },
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY', 21: 'SOCK_DESTROY'}},
);

/** State of an MPTCP subflow. Source: uapi linux/mptcp.h, MPTCP_SUBFLOW_ATTR_*. */
const mptcpUlp = attrs({
  tokenRem: [1, u32],
  tokenLoc: [2, u32],
  relwriteSeq: [3, u32],
  mapSeq: [4, u64],
  mapSfseq: [5, u32],
  ssnOffset: [6, u32],
  mapDatalen: [7, u16],
  flags: [8, u32],
  idRem: [9, u8],
  idLoc: [10, u8],
});

/** State of kernel TLS. Source: uapi linux/tls.h, TLS_INFO_*. */
const tlsUlp = attrs({
  version: [1, u16],
  cipher: [2, u16],
  txconf: [3, u16],
  rxconf: [4, u16],
  zcRoTx: [5, flag],
  rxNoPad: [6, flag],
});

/** Getters of every inet socket. */
export const inetEnds = {
  /** Local address. */
  src: (r: Ends): IpAddress => addressOf(r.family, r.srcWords),
  /** Address of the peer, all zero without one. */
  dst: (r: Ends): IpAddress => addressOf(r.family, r.dstWords),
  /** Name of `state`; undefined for a number that is not known. */
  stateName: (r: Ends): StateName | undefined => stateName(r.state),
};

interface Ends {
  readonly family: number;
  readonly state: number;
  readonly srcWords: IpAddress;
  readonly dstWords: IpAddress;
}

/** One inet socket. Source: uapi linux/inet_diag.h, struct inet_diag_msg and the INET_DIAG_ attributes. */
export const inetDiag = message(
  'inetDiag',
  {
    family: u8,
    state: u8,
    /** Running timer: 0 none, 1 retransmit, 2 keepalive, 3 time-wait, 4 zero window probe. */
    timer: u8,
    /** Retransmits, or probes sent. */
    retrans: u8,
    ...sockid,
    /** Time until the timer ends, in ms. */
    expires: u32,
    /** Bytes to read; of a listener: connections to accept. */
    rqueue: u32,
    /** Bytes not yet acknowledged; of a listener: its backlog limit. */
    wqueue: u32,
    uid: u32,
    /** 0 when no file holds the socket any more. */
    inode: u32,
  },
  {
    meminfo: [1, memInfo],
    info: [2, tcpInfo],
    vegasinfo: [3, vegasInfo],
    /** Congestion control in use. */
    cong: [4, text],
    tos: [5, u8],
    tclass: [6, u8],
    skmeminfo: [7, skMemInfo],
    /** Bit 0: no more reading, bit 1: no more writing. */
    shutdown: [8, u8],
    dctcpinfo: [9, dctcpInfo],
    protocol: [10, u8],
    skv6only: [11, u8],
    locals: [12, list(sockaddr)],
    peers: [13, list(sockaddr)],
    mark: [15, u32],
    bbrinfo: [16, bbrInfo],
    classId: [17, u32],
    md5sig: [18, md5sig],
    ulpInfo: [19, nest(attrs({name: [1, text], tls: [2, nest(tlsUlp)], mptcp: [3, nest(mptcpUlp)]}))],
    skBpfStorages: [20, bytes],
    cgroupId: [21, u64],
    sockopt: [22, sockopt],
  },
  {
    protocol: NETLINK_SOCK_DIAG,
    types: {20: 'SOCK_DIAG_BY_FAMILY'},
    derived: inetEnds,
  },
);

/** One TCP or UDP socket as the kernel describes it, see `inetDiag`. */
export type InetSocket = Decoded<typeof inetDiag>;
/** Fields of a request. */
export type InetDiagRequest = Encodable<typeof inetDiagRequest>;

function addressOf(family: number, words: IpAddress): IpAddress {
  return family === AF_INET ? IpAddress.inet(words.w0) : words;
}
