import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {type Decoded, message, pad, u8, u32, u64} from '../netlink/schema.js';
import {SOCK_DIAG_BY_FAMILY} from './constants.js';
import {ALL_STATES, type StateName, stateName} from './states.js';

const AF_VSOCK = 40;

/** Source: uapi linux/vm_sockets_diag.h, struct vsock_diag_req. */
export const vsockDiagRequest = message(
  'vsockDiagRequest',
  {family: u8, protocol: u8, hole: pad(2), states: u32, ino: u32, show: u32, cookie: u64},
  {},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** One vsock socket. Source: uapi linux/vm_sockets_diag.h, struct vsock_diag_msg. */
export const vsockDiag = message(
  'vsockDiag',
  {
    family: u8,
    /** 1 stream, 2 datagram, 5 seqpacket. */
    type: u8,
    state: u8,
    /** Bit 0: no more reading, bit 1: no more writing. */
    shutdown: u8,
    /** Context identifiers of the machines, all ones for any. */
    srcCid: u32,
    srcPort: u32,
    dstCid: u32,
    dstPort: u32,
    ino: u32,
    cookie: u64,
  },
  {},
  {
    protocol: NETLINK_SOCK_DIAG,
    types: {20: 'SOCK_DIAG_BY_FAMILY'},
    derived: {
      /** Name of `state`; undefined for a number that is not known. */
      stateName: (r): StateName | undefined => stateName(r.state),
    },
  },
);

/** One vsock socket as the kernel describes it, see `vsockDiag`. */
export type VsockSocket = Decoded<typeof vsockDiag>;

/** The dump of all vsock sockets: `ss --vsock`. @param states mask of states; all when absent */
export function vsockDump(states = ALL_STATES): Request<typeof vsockDiagRequest, typeof vsockDiag> {
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: vsockDiagRequest,
    body: {family: AF_VSOCK, states},
    reply: vsockDiag,
  };
}
