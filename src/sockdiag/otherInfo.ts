import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import {type Decoded, message, pad, struct, u8, u16, u32, u64} from '../netlink/schema.js';
import {inetDiag, inetEnds} from './inet.js';
import type {Transport} from './requests.js';
import {sockaddr} from './tcpInfo.js';

/**
 * State of an MPTCP connection. Kernels send as much of it as they know; `lastDataSent` and the like are ages in ms.
 * Source: uapi linux/mptcp.h, struct mptcp_info.
 */
export const mptcpInfo = struct(
  'mptcp_info',
  {
    /** Subflows beside the first, and addresses told to and taken from the peer; behind them what may be. */
    subflows: u8,
    addAddrSignal: u8,
    addAddrAccepted: u8,
    subflowsMax: u8,
    addAddrSignalMax: u8,
    addAddrAcceptedMax: u8,
    hole: pad(2),
    /** Bit 0: fallen back to TCP. Bit 1: the peer's key is known. */
    flags: u32,
    token: u32,
    writeSeq: u64,
    sndUna: u64,
    rcvNxt: u64,
    localAddrUsed: u8,
    localAddrMax: u8,
    csumEnabled: u8,
    hole2: pad(1),
    retransmits: u32,
    bytesRetrans: u64,
    bytesSent: u64,
    bytesReceived: u64,
    bytesAcked: u64,
    subflowsTotal: u8,
    endpLaminarMax: u8,
    endpFullmeshMax: u8,
    hole3: pad(1),
    lastDataSent: u32,
    lastDataRecv: u32,
    lastAckRecv: u32,
  },
  {grows: true},
);

/**
 * State of an SCTP association; of a listening socket its settings only. Names with `p` before them are about the primary
 * path (times in ms), with `s` about the socket. Source: uapi linux/sctp.h, struct sctp_info.
 */
export const sctpInfo = struct(
  'sctp_info',
  {
    tag: u32,
    state: u32,
    rwnd: u32,
    unackdata: u16,
    penddata: u16,
    instrms: u16,
    outstrms: u16,
    fragmentationPoint: u32,
    inqueue: u32,
    outqueue: u32,
    overallError: u32,
    maxBurst: u32,
    maxseg: u32,
    peerRwnd: u32,
    peerTag: u32,
    peerCapable: u8,
    peerSack: u8,
    hole: pad(2),
    isacks: u64,
    osacks: u64,
    opackets: u64,
    ipackets: u64,
    rtxchunks: u64,
    outofseqtsns: u64,
    idupchunks: u64,
    gapcnt: u64,
    ouodchunks: u64,
    iuodchunks: u64,
    oodchunks: u64,
    iodchunks: u64,
    octrlchunks: u64,
    ictrlchunks: u64,
    pAddress: sockaddr,
    pState: u32,
    pCwnd: u32,
    pSrtt: u32,
    pRto: u32,
    pHbinterval: u32,
    pPathmaxrxt: u32,
    pSackdelay: u32,
    pSackfreq: u32,
    pSsthresh: u32,
    pPartialBytesAcked: u32,
    pFlightSize: u32,
    pError: u16,
    hole2: pad(2),
    sAutoclose: u32,
    sAdaptationInd: u32,
    sPdPoint: u32,
    sNodelay: u8,
    sDisableFragments: u8,
    sV4mapped: u8,
    sFragInterleave: u8,
    sType: u32,
  },
  {grows: true},
);

const options = {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}, derived: inetEnds};
const {fields, attrs} = inetDiag;

/** One MPTCP socket: as `inetDiag`, but for what INET_DIAG_INFO is. */
export const mptcpDiag = message('mptcpDiag', fields, {...attrs.table, info: [2, mptcpInfo]}, options);
/** One SCTP socket or association: as `inetDiag`, but for what INET_DIAG_INFO is. */
export const sctpDiag = message('sctpDiag', fields, {...attrs.table, info: [2, sctpInfo]}, options);

/** One MPTCP socket as the kernel describes it. */
export type MptcpSocket = Decoded<typeof mptcpDiag>;
/** One SCTP socket or association as the kernel describes it; `locals` and `peers` are all its addresses. */
export type SctpSocket = Decoded<typeof sctpDiag>;
/** The message that tells of the sockets of a transport. */
export type InetReply<T extends Transport> = T extends 'mptcp'
  ? typeof mptcpDiag
  : T extends 'sctp'
    ? typeof sctpDiag
    : typeof inetDiag;
/** A socket of a transport. */
export type SocketOf<T extends Transport> = Decoded<InetReply<T>>;

/** The message that tells of the sockets of a transport. */
export function inetReply<T extends Transport>(transport: T): InetReply<T> {
  return (transport === 'mptcp' ? mptcpDiag : transport === 'sctp' ? sctpDiag : inetDiag) as InetReply<T>;
}
