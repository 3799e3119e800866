import type {Decoded} from '../../../netlink/schema.js';
import {attrs, u32} from '../../../netlink/schema.js';

/** A VRF, or a port of one. Source: uapi linux/if_link.h, IFLA_VRF_TABLE, IFLA_VRF_PORT_TABLE. */
export const vrf = attrs({table: [1, u32]});

/** A VRF, or a port of one. */
export type Vrf = Decoded<typeof vrf>;
