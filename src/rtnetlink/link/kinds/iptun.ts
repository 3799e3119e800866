import type {Decoded} from '../../../netlink/schema.js';
import {address, attrs, be16, be32, flag, inet, inet6, u8, u16, u32} from '../../../netlink/schema.js';

const common = {
  link: [1, u32],
  local: [2, address],
  remote: [3, address],
  ttl: [4, u8],
  tos: [5, u8],
  encapLimit: [6, u8],
  flowinfo: [7, be32],
  proto: [9, u8],
  pmtudisc: [10, u8],
  encapType: [15, u16],
  encapFlags: [16, u16],
  encapSport: [17, be16],
  encapDport: [18, be16],
  collectMetadata: [19, flag],
  fwmark: [20, u32],
} as const;

/**
 * An ipip or sit tunnel. `proto` is what it carries (IPPROTO_*, 0 for all), `flags` are those of sit (SIT_ISATAP).
 * Source: uapi linux/if_tunnel.h, IFLA_IPTUN_*.
 */
export const ipTunnel = attrs({
  ...common,
  flags: [8, u16],
  sixRdPrefix: [11, inet6],
  sixRdRelayPrefix: [12, inet],
  sixRdPrefixlen: [13, u16],
  sixRdRelayPrefixlen: [14, u16],
});

/** An ipip or sit tunnel. */
export type IpTunnel = Decoded<typeof ipTunnel>;

/** A tunnel over IPv6; the same numbers, but `flags` are IP6_TNL_F_*. Source: uapi linux/if_tunnel.h, IFLA_IPTUN_*. */
export const ip6Tunnel = attrs({...common, flags: [8, u32]});

/** A tunnel over IPv6. */
export type Ip6Tunnel = Decoded<typeof ip6Tunnel>;
