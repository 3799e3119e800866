import type {Decoded} from '../../../netlink/schema.js';
import {attrs, record, u8, u16, u32} from '../../../netlink/schema.js';
import {linkAttributes} from '../attributes.js';
import {linkHeader} from '../name.js';

/** Words of NETKIT_L2 and NETKIT_L3. Source: uapi linux/if_link.h, enum netkit_mode. */
export const netkitModes = {l2: 0, l3: 1} as const;
/** What becomes of packets that no program sees: NETKIT_PASS, NETKIT_DROP. Source: enum netkit_action. */
export const netkitPolicies = {forward: 0, blackhole: 2} as const;
/** Whether mark and priority are zeroed on the way to another namespace. Source: enum netkit_scrub. */
export const netkitScrubs = {none: 0, default: 1} as const;

/** A pair of devices for eBPF programs; `peerInfo` is only sent. Source: uapi linux/if_link.h, IFLA_NETKIT_*. */
export const netkit = attrs({
  peerInfo: [1, record(linkHeader, attrs(linkAttributes))],
  primary: [2, u8],
  policy: [3, u32],
  peerPolicy: [4, u32],
  mode: [5, u32],
  scrub: [6, u32],
  peerScrub: [7, u32],
  headroom: [8, u16],
  tailroom: [9, u16],
});

/** A pair of devices for eBPF programs. */
export type Netkit = Decoded<typeof netkit>;
