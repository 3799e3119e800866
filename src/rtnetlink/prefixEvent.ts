import type {Decoded} from '../netlink/schema.js';
import {address, i32, message, pad, struct, u8, u32} from '../netlink/schema.js';

/** Seconds; all ones is for ever. Source: uapi linux/if_addr.h, struct prefix_cacheinfo. */
const cacheinfo = struct('prefix_cacheinfo', {preferred: u32, valid: u32});

/**
 * A prefix that a router advertised on a link; only told as an event, RTM_NEWPREFIX.
 * Source: uapi linux/rtnetlink.h, struct prefixmsg, PREFIX_*; linux/if.h for its flags, IF_PREFIX_*.
 */
export const prefixMessage = message(
  'prefix',
  {family: u8, hole: pad(3), ifindex: i32, type: u8, length: u8, flags: u8, tail: pad(1)},
  {address: [1, address], cacheinfo: [2, cacheinfo]},
  {types: {52: 'RTM_NEWPREFIX'}},
);

/** A prefix that a router advertised. */
export type PrefixEvent = Decoded<typeof prefixMessage>;
