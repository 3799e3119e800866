import type {Decoded} from '../../../netlink/schema.js';
import {attrs, be16, items, struct, u16, u32} from '../../../netlink/schema.js';

/** Priority inside and outside the kernel. Source: uapi linux/if_link.h, struct ifla_vlan_qos_mapping. */
const mapping = items(struct('ifla_vlan_qos_mapping', {from: u32, to: u32}), {number: 1});

/** A VLAN device. Source: uapi linux/if_link.h, IFLA_VLAN_*. */
export const vlan = attrs({
  id: [1, u16],
  flags: [2, struct('ifla_vlan_flags', {flags: u32, mask: u32})],
  egressQos: [3, mapping],
  ingressQos: [4, mapping],
  protocol: [5, be16],
});

/** A VLAN device. */
export type Vlan = Decoded<typeof vlan>;
