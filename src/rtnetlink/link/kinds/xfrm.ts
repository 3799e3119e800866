import type {Decoded} from '../../../netlink/schema.js';
import {attrs, flag, u32} from '../../../netlink/schema.js';

/** An interface for IPsec policies with one id. Source: uapi linux/if_link.h, IFLA_XFRM_*. */
export const xfrm = attrs({link: [1, u32], ifId: [2, u32], collectMetadata: [3, flag]});

/** An interface for IPsec. */
export type Xfrm = Decoded<typeof xfrm>;
