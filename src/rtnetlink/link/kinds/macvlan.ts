import type {Decoded} from '../../../netlink/schema.js';
import {attrs, i32, items, lladdr, u16, u32} from '../../../netlink/schema.js';

/**
 * A macvlan or macvtap device; `macaddrMode` and `macaddr` are only sent.
 * Source: uapi linux/if_link.h, IFLA_MACVLAN_*.
 */
export const macvlan = attrs({
  mode: [1, u32],
  flags: [2, u16],
  macaddrMode: [3, u32],
  macaddr: [4, lladdr],
  macaddrData: [5, items(lladdr, {number: 4})],
  macaddrCount: [6, u32],
  bcQueueLen: [7, u32],
  bcQueueLenUsed: [8, u32],
  bcCutoff: [9, i32],
});

/** A macvlan or macvtap device. */
export type Macvlan = Decoded<typeof macvlan>;
