import {
  addressOrNone,
  attrs,
  bytes,
  i32,
  items,
  list,
  many,
  nest,
  select,
  struct,
  text,
  u8,
  u16,
  u32,
  u64,
} from '../../netlink/schema.js';
import {AF_BRIDGE, AF_INET, AF_INET6, AF_MCTP} from '../constants.js';
import {bridgePort} from './kinds/bridgeSlave.js';

/** IPv4 side of a link: `conf` holds IPV4_DEVCONF_1.. in order. Source: uapi linux/if_link.h, IFLA_INET_*. */
const inet = attrs({conf: [1, list(i32)]});

/**
 * IPv6 side of a link: `conf` holds DEVCONF_0.. in order, `stats` and `icmp6stats` begin with their own count.
 * Source: uapi linux/if_link.h, IFLA_INET6_*.
 */
const inet6 = attrs({
  flags: [1, u32],
  conf: [2, list(i32)],
  stats: [3, list(u64)],
  cacheinfo: [5, struct('ifla_cacheinfo', {maxReasmLen: u32, tstamp: u32, reachableTime: u32, retransTime: u32})],
  icmp6stats: [6, list(u64)],
  token: [7, addressOrNone],
  addrGenMode: [8, u8],
  raMtu: [9, u32],
});

/** Source: uapi linux/if_bridge.h, IFLA_BRIDGE_VLAN_TUNNEL_*. */
const vlanTunnel = attrs({id: [1, u32], vid: [2, u16], flags: [3, u16]});

/** Bridge side of a link in an AF_BRIDGE message. Source: uapi linux/if_bridge.h, IFLA_BRIDGE_*. */
const bridge = attrs({
  flags: [0, u16],
  mode: [1, u16],
  vlanInfo: [2, many(struct('bridge_vlan_info', {flags: u16, vid: u16}))],
  vlanTunnelInfo: [3, many(nest(vlanTunnel))],
  mrp: [4, bytes],
  cfm: [5, bytes],
  mst: [6, items(nest(attrs({msti: [1, u16], state: [2, u8]})), {number: 1})],
});

/** Address families of a link, by number. Source: uapi linux/if_link.h, comment of IFLA_AF_SPEC. */
const families = attrs({
  inet: [AF_INET, nest(inet)],
  inet6: [AF_INET6, nest(inet6)],
  mctp: [AF_MCTP, nest(attrs({net: [1, u32], physBinding: [2, u8]}))],
});

/** IFLA_AF_SPEC: the families, but the bridge's own attributes in AF_BRIDGE messages. */
export const afSpec = select('family', () => ({[AF_BRIDGE]: nest(bridge)}), {otherwise: nest(families)});

/** IFLA_PROTINFO: the IPv6 side in AF_INET6 dumps, the port in AF_BRIDGE ones. */
export const protinfo = select('family', () => ({
  [AF_BRIDGE]: nest(bridgePort, {flag: true}),
  [AF_INET6]: nest(inet6),
}));

/** Devlink port behind a link. Source: uapi linux/devlink.h, DEVLINK_ATTR_*. */
export const devlinkPort = attrs({busName: [1, text], devName: [2, text], portIndex: [3, u32]});
