import type {Decoded} from '../../../netlink/schema.js';
import {attrs, inet, inet6, u8, u32} from '../../../netlink/schema.js';

/** A GTP-U tunnel (3GPP TS 29.281). Source: uapi linux/if_link.h, IFLA_GTP_*. */
export const gtp = attrs({
  fd0: [1, u32],
  fd1: [2, u32],
  pdpHashsize: [3, u32],
  role: [4, u32],
  createSockets: [5, u8],
  restartCount: [6, u8],
  local: [7, inet],
  local6: [8, inet6],
});

/** A GTP-U tunnel. */
export type Gtp = Decoded<typeof gtp>;
