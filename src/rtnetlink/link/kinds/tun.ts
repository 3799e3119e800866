import type {Decoded} from '../../../netlink/schema.js';
import {attrs, u8, u32} from '../../../netlink/schema.js';

/** A tun or tap device, as the kernel reports it. Source: uapi linux/if_link.h, IFLA_TUN_*. */
export const tun = attrs({
  owner: [1, u32],
  group: [2, u32],
  type: [3, u8],
  pi: [4, u8],
  vnetHdr: [5, u8],
  persist: [6, u8],
  multiQueue: [7, u8],
  numQueues: [8, u32],
  numDisabledQueues: [9, u32],
});

/** A tun or tap device. */
export type Tun = Decoded<typeof tun>;
