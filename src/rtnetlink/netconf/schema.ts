import type {Decoded} from '../../netlink/schema.js';
import {i32, message, pad, u8} from '../../netlink/schema.js';

/**
 * Settings of one family on one link; `ifindex` may be NETCONFA_IFINDEX_ALL or _DEFAULT.
 * Source: uapi linux/netconf.h, struct netconfmsg, NETCONFA_*.
 */
export const netconfMessage = message(
  'netconf',
  {family: u8, tail: pad(3)},
  {
    ifindex: [1, i32],
    forwarding: [2, i32],
    rpFilter: [3, i32],
    mcForwarding: [4, i32],
    proxyNeigh: [5, i32],
    ignoreRoutesWithLinkdown: [6, i32],
    input: [7, i32],
    bcForwarding: [8, i32],
    forceForwarding: [9, i32],
  },
  {types: {80: 'RTM_NEWNETCONF', 81: 'RTM_DELNETCONF', 82: 'RTM_GETNETCONF'}},
);

/** Settings of one family on one link. */
export type Netconf = Decoded<typeof netconfMessage>;
