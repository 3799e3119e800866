import type {Decoded} from '../../../netlink/schema.js';
import {attrs, u32} from '../../../netlink/schema.js';

/** A port of a switch; `master` is the device to its processor. Source: uapi linux/if_link.h, IFLA_DSA_*. */
export const dsa = attrs({master: [1, u32]});

/** A port of a switch. */
export type Dsa = Decoded<typeof dsa>;
