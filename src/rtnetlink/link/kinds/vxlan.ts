import type {Decoded} from '../../../netlink/schema.js';
import {attrs, be16, be32, be64, bytes, flag, inet, inet6, struct, u8, u32} from '../../../netlink/schema.js';

/**
 * A VXLAN device. `ageing` in seconds, 0 is never; `label` in the low 20 bits.
 * Source: uapi linux/if_link.h, IFLA_VXLAN_*.
 */
export const vxlan = attrs({
  id: [1, u32],
  group: [2, inet],
  link: [3, u32],
  local: [4, inet],
  ttl: [5, u8],
  tos: [6, u8],
  learning: [7, u8],
  ageing: [8, u32],
  limit: [9, u32],
  portRange: [10, struct('ifla_vxlan_port_range', {low: be16, high: be16})],
  proxy: [11, u8],
  rsc: [12, u8],
  l2miss: [13, u8],
  l3miss: [14, u8],
  port: [15, be16],
  group6: [16, inet6],
  local6: [17, inet6],
  udpCsum: [18, u8],
  udpZeroCsum6Tx: [19, u8],
  udpZeroCsum6Rx: [20, u8],
  remcsumTx: [21, u8],
  remcsumRx: [22, u8],
  gbp: [23, flag],
  remcsumNopartial: [24, flag],
  collectMetadata: [25, u8],
  label: [26, be32],
  gpe: [27, flag],
  /** Sent without payload; the kernel answers with one byte, 0 or 1. */
  ttlInherit: [28, bytes],
  df: [29, u8],
  vnifilter: [30, u8],
  localbypass: [31, u8],
  /** Bits of the header that a packet may have set. */
  reservedBits: [33, be64],
  mcRoute: [34, u8],
});

/** A VXLAN device. */
export type Vxlan = Decoded<typeof vxlan>;
