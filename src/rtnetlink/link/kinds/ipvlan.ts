import type {Decoded} from '../../../netlink/schema.js';
import {attrs, u16} from '../../../netlink/schema.js';

/** An ipvlan or ipvtap device. Source: uapi linux/if_link.h, IFLA_IPVLAN_*. */
export const ipvlan = attrs({mode: [1, u16], flags: [2, u16]});

/** An ipvlan or ipvtap device. */
export type Ipvlan = Decoded<typeof ipvlan>;
