import type {Decoded} from '../../netlink/schema.js';
import {i32, message, pad, u8, u32} from '../../netlink/schema.js';

/**
 * The number one network namespace has in another; -1 is none.
 * Source: uapi linux/net_namespace.h, NETNSA_*.
 */
export const nsidMessage = message(
  'nsid',
  {family: u8, tail: pad(3)},
  {nsid: [1, i32], pid: [2, u32], fd: [3, u32], targetNsid: [4, i32], currentNsid: [5, i32]},
  {types: {88: 'RTM_NEWNSID', 89: 'RTM_DELNSID', 90: 'RTM_GETNSID'}},
);

/** The number of a network namespace. */
export type Nsid = Decoded<typeof nsidMessage>;

/** A namespace without a number. Source: uapi linux/net_namespace.h, NETNSA_NSID_NOT_ASSIGNED. */
export const NOT_ASSIGNED = -1;
