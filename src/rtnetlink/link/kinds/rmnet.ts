import type {Decoded} from '../../../netlink/schema.js';
import {attrs, struct, u16, u32} from '../../../netlink/schema.js';

/** A channel of a Qualcomm modem. Source: uapi linux/if_link.h, IFLA_RMNET_*. */
export const rmnet = attrs({muxId: [1, u16], flags: [2, struct('ifla_rmnet_flags', {flags: u32, mask: u32})]});

/** A channel of a Qualcomm modem. */
export type Rmnet = Decoded<typeof rmnet>;
