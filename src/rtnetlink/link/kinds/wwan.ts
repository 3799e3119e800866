import type {Decoded} from '../../../netlink/schema.js';
import {attrs, u32} from '../../../netlink/schema.js';

/** A channel of a modem. Source: uapi linux/wwan.h, IFLA_WWAN_*. */
export const wwan = attrs({linkId: [1, u32]});

/** A channel of a modem. */
export type Wwan = Decoded<typeof wwan>;
