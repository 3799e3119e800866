import type {Decoded} from '../../../netlink/schema.js';
import {attrs, u16} from '../../../netlink/schema.js';

/** IP over InfiniBand. Source: uapi linux/if_link.h, IFLA_IPOIB_*. */
export const ipoib = attrs({pkey: [1, u16], mode: [2, u16], umcast: [3, u16]});

/** IP over InfiniBand. */
export type Ipoib = Decoded<typeof ipoib>;
