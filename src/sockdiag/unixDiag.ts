import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {bytes, type Decoded, list, message, pad, struct, u8, u32, u64} from '../netlink/schema.js';
import {SOCK_DIAG_BY_FAMILY} from './constants.js';
import {ALL_STATES, type StateName, stateName} from './states.js';
import {skMemInfo} from './tcpInfo.js';

const AF_UNIX = 1;

/** What to tell of a unix socket, bits of `show`. Source: uapi linux/unix_diag.h, UDIAG_SHOW_*. */
export const UDIAG_SHOW = {name: 1, vfs: 2, peer: 4, icons: 8, rqlen: 16, meminfo: 32, uid: 64} as const;

/** Source: uapi linux/unix_diag.h, struct unix_diag_req. */
export const unixDiagRequest = message(
  'unixDiagRequest',
  {family: u8, protocol: u8, hole: pad(2), states: u32, ino: u32, show: u32, cookie: u64},
  {},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** One unix socket. Source: uapi linux/unix_diag.h, struct unix_diag_msg and the UNIX_DIAG_ attributes. */
export const unixDiag = message(
  'unixDiag',
  {
    family: u8,
    /** 1 stream, 2 datagram, 5 seqpacket. */
    type: u8,
    state: u8,
    hole: pad(1),
    /** Inode of the socket, not of the file it is bound to. */
    ino: u32,
    cookie: u64,
  },
  {
    /** Path as it was bound, or a name that begins with a NUL byte: any bytes. */
    name: [0, bytes],
    /** The file it is bound to. `dev` is the kernel's own form: major << 20 | minor. */
    vfs: [1, struct('unix_diag_vfs', {ino: u32, dev: u32})],
    /** Inode of the socket at the other end. */
    peer: [2, u32],
    /** Of a listener: inodes of those that wait to be accepted. */
    icons: [3, list(u32)],
    /** Bytes to read and unread by the peer; of a listener: connections to accept and its backlog limit. */
    rqlen: [4, struct('unix_diag_rqlen', {rqueue: u32, wqueue: u32})],
    meminfo: [5, skMemInfo],
    /** Bit 0: no more reading, bit 1: no more writing. */
    shutdown: [6, u8],
    uid: [7, u32],
  },
  {
    protocol: NETLINK_SOCK_DIAG,
    types: {20: 'SOCK_DIAG_BY_FAMILY'},
    derived: {
      /** Name of `state`; undefined for a number that is not known. */
      stateName: (r): StateName | undefined => stateName(r.state),
    },
  },
);

/** One unix socket as the kernel describes it, see `unixDiag`. */
export type UnixSocket = Decoded<typeof unixDiag>;

/**
 * The dump of all unix sockets: `ss -x`.
 * @param states mask of states; all when absent
 * @param show bits of UDIAG_SHOW
 */
export function unixDump(show: number, states = ALL_STATES): Request<typeof unixDiagRequest, typeof unixDiag> {
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: unixDiagRequest,
    body: {family: AF_UNIX, states, show},
    reply: unixDiag,
  };
}
