import type {Decoded} from '../../../netlink/schema.js';
import {attrs, be16, flag, u16} from '../../../netlink/schema.js';

/** A tunnel of one protocol over UDP. Source: uapi linux/if_link.h, IFLA_BAREUDP_*. */
export const bareudp = attrs({
  port: [1, be16],
  ethertype: [2, be16],
  srcportMin: [3, u16],
  multiprotoMode: [4, flag],
});

/** A tunnel of one protocol over UDP. */
export type Bareudp = Decoded<typeof bareudp>;
