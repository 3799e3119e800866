import type {Decoded} from '../../../netlink/schema.js';
import {attrs, be16, be32, flag, inet, inet6, u8, u32} from '../../../netlink/schema.js';

/** A GENEVE tunnel (RFC 8926); `label` in the low 20 bits. Source: uapi linux/if_link.h, IFLA_GENEVE_*. */
export const geneve = attrs({
  id: [1, u32],
  remote: [2, inet],
  ttl: [3, u8],
  tos: [4, u8],
  port: [5, be16],
  collectMetadata: [6, flag],
  remote6: [7, inet6],
  udpCsum: [8, u8],
  udpZeroCsum6Tx: [9, u8],
  udpZeroCsum6Rx: [10, u8],
  label: [11, be32],
  ttlInherit: [12, u8],
  df: [13, u8],
  innerProtoInherit: [14, flag],
});

/** A GENEVE tunnel. */
export type Geneve = Decoded<typeof geneve>;
