import type {Decoded} from '../../../netlink/schema.js';
import {address, attrs, be32, u32} from '../../../netlink/schema.js';

/** A tunnel for IPsec over IPv4 or IPv6. Source: uapi linux/if_tunnel.h, IFLA_VTI_*. */
export const vti = attrs({
  link: [1, u32],
  ikey: [2, be32],
  okey: [3, be32],
  local: [4, address],
  remote: [5, address],
  fwmark: [6, u32],
});

/** A tunnel for IPsec. */
export type Vti = Decoded<typeof vti>;
