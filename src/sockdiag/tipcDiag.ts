import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {attrs, type Decoded, flag, message, nest, pad, u8, u32, u64} from '../netlink/schema.js';
import {SOCK_DIAG_BY_FAMILY} from './constants.js';
import {ALL_STATES, type StateName, stateName} from './states.js';

const AF_TIPC = 30;

/** Source: uapi linux/tipc_sockets_diag.h, struct tipc_sock_diag_req. */
export const tipcDiagRequest = message(
  'tipcDiagRequest',
  {family: u8, protocol: u8, hole: pad(2), states: u32},
  {},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

const connection = attrs({
  flag: [1, flag],
  /** Node and port at the other end. */
  node: [2, u32],
  sock: [3, u32],
  type: [4, u32],
  inst: [5, u32],
});

const statistics = attrs({
  rcvq: [0, u32],
  sendq: [1, u32],
  linkCong: [2, flag],
  connCong: [3, flag],
  drop: [4, u32],
});

const group = attrs({
  id: [1, u32],
  open: [2, flag],
  nodeScope: [3, flag],
  clusterScope: [4, flag],
  instance: [5, u32],
  bcSendNext: [6, u32],
});

const socket = attrs(
  {
    /** Own node. */
    addr: [1, u32],
    /** Port number. */
    ref: [2, u32],
    con: [3, nest(connection)],
    hasPubl: [4, flag],
    stat: [5, nest(statistics)],
    /** 1 stream, 2 datagram, 4 rdm, 5 seqpacket. */
    type: [6, u32],
    ino: [7, u32],
    uid: [8, u32],
    /** One of the states of TCP that TIPC uses for its own. */
    tipcState: [9, u32],
    cookie: [10, u64],
    group: [12, nest(group)],
  },
  {
    derived: {
      /** Name of `tipcState`; undefined for a number that is not known. */
      stateName: (r): StateName | undefined => stateName(r.tipcState ?? 0),
    },
  },
);

/** One TIPC socket: the nest TIPC_NLA_SOCK. Source: uapi linux/tipc_netlink.h. */
export const tipcDiag = message(
  'tipcDiag',
  {},
  {sock: [2, nest(socket)]},
  {protocol: NETLINK_SOCK_DIAG, types: {20: 'SOCK_DIAG_BY_FAMILY'}},
);

/** One TIPC socket as the kernel describes it, see `tipcDiag`. */
export type TipcSocket = Decoded<typeof socket>;

/** The dump of all TIPC sockets: `ss --tipc`. @param states mask of states; all when absent */
export function tipcDump(states = ALL_STATES): Request<typeof tipcDiagRequest, typeof tipcDiag> {
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: tipcDiagRequest,
    body: {family: AF_TIPC, states},
    reply: tipcDiag,
  };
}
