import type {Decoded} from '../../../netlink/schema.js';
import {address, attrs, be16, be32, flag, u8, u16, u32} from '../../../netlink/schema.js';

/**
 * A GRE or ERSPAN tunnel over IPv4 or IPv6. `iflags` and `oflags` are those of the GRE header (RFC 2890), keys are
 * numbers, `flowinfo` is class and label of IPv6 as its header has them, `flags` are IP6_TNL_F_*.
 * Source: uapi linux/if_tunnel.h, IFLA_GRE_*.
 */
export const gre = attrs({
  link: [1, u32],
  iflags: [2, be16],
  oflags: [3, be16],
  ikey: [4, be32],
  okey: [5, be32],
  local: [6, address],
  remote: [7, address],
  ttl: [8, u8],
  tos: [9, u8],
  pmtudisc: [10, u8],
  encapLimit: [11, u8],
  flowinfo: [12, be32],
  flags: [13, u32],
  encapType: [14, u16],
  encapFlags: [15, u16],
  encapSport: [16, be16],
  encapDport: [17, be16],
  collectMetadata: [18, flag],
  ignoreDf: [19, u8],
  fwmark: [20, u32],
  erspanIndex: [21, u32],
  erspanVer: [22, u8],
  erspanDir: [23, u8],
  erspanHwid: [24, u16],
});

/** A GRE or ERSPAN tunnel. */
export type Gre = Decoded<typeof gre>;
