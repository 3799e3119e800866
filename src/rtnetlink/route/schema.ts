import {IpAddress} from '../../addr/ip.js';
import type {Prefix} from '../../addr/prefix.js';
import type {Decoded, Encodable} from '../../netlink/schema.js';
import {
  address,
  array,
  attrs,
  bareText,
  be16,
  be32,
  bytes,
  i32,
  message,
  nest,
  record,
  select,
  struct,
  u8,
  u16,
  u32,
  u64,
  via,
} from '../../netlink/schema.js';
import {AF_INET, AF_INET6} from '../constants.js';
import {prefixOf} from '../prefix.js';
import {tunnels} from './encap.js';

/**
 * Metrics of one route: `mtu`, `window`, `advmss` in bytes, `rtt` in 1/8 ms, `rttvar` in 1/4 ms, `rtoMin` in ms. Bit n
 * of `lock` fixes metric n.
 * Source: uapi linux/rtnetlink.h, RTAX_*.
 */
export const metrics = attrs({
  lock: [1, u32],
  mtu: [2, u32],
  window: [3, u32],
  rtt: [4, u32],
  rttvar: [5, u32],
  ssthresh: [6, u32],
  cwnd: [7, u32],
  advmss: [8, u32],
  reordering: [9, u32],
  hoplimit: [10, u32],
  initcwnd: [11, u32],
  features: [12, u32],
  rtoMin: [13, u32],
  initrwnd: [14, u32],
  quickack: [15, u32],
  ccAlgo: [16, bareText],
  fastopenNoCookie: [17, u32],
});

/** One leg of a multipath route; its weight is `hops` + 1. Source: uapi linux/rtnetlink.h, struct rtnexthop. */
export const nexthop = record(
  {len: u16, flags: u8, hops: u8, oif: u32},
  attrs({
    gateway: [5, address],
    flow: [11, u32],
    via: [18, via],
    newdst: [19, bytes],
    encapType: [21, u16],
    encap: [22, select('encapType', () => tunnels())],
  }),
);

/**
 * One route. Without `dst` it is the default route; `expires` of `cacheinfo` is in clock ticks (1/100 s), `flow` holds
 * two realms.
 * Source: uapi linux/rtnetlink.h, struct rtmsg, RTA_*.
 */
export const routeMessage = message(
  'route',
  {
    family: u8,
    dstLen: u8,
    srcLen: u8,
    tos: u8,
    /** rtm_table: the table when it is below 256. */
    tableByte: u8,
    protocol: u8,
    scope: u8,
    type: u8,
    flags: u32,
  },
  {
    dst: [1, address],
    src: [2, address],
    iif: [3, u32],
    oif: [4, u32],
    gateway: [5, address],
    priority: [6, u32],
    prefsrc: [7, address],
    metrics: [8, nest(metrics)],
    multipath: [9, array(nexthop)],
    flow: [11, u32],
    cacheinfo: [
      12,
      struct(
        'rta_cacheinfo',
        {clntref: u32, lastuse: u32, expires: i32, error: u32, used: u32},
        {tail: {id: u32, ts: u32, tsage: u32}},
      ),
    ],
    table: [15, u32],
    mark: [16, u32],
    mfcStats: [17, struct('rta_mfc_stats', {packets: u64, bytes: u64, wrongIf: u64})],
    via: [18, via],
    newdst: [19, bytes],
    pref: [20, u8],
    encapType: [21, u16],
    encap: [22, select('encapType', () => tunnels())],
    /** Seconds; of a multicast route the low half of its age in hundredths of a second. */
    expires: [23, u32],
    uid: [25, u32],
    ttlPropagate: [26, u8],
    ipProto: [27, u8],
    sport: [28, be16],
    dport: [29, be16],
    nhId: [30, u32],
    flowlabel: [31, be32],
  },
  {
    derived: {
      /** Table number, whichever field holds it. */
      tableId: r => r.table ?? r.tableByte,
      /** Destination prefix; undefined for families without IP addresses. */
      destination: (r): Prefix | undefined => prefixOf(r.dst ?? unspecified(r.family), r.dstLen),
      /** Source prefix of a subtree route, undefined when the route has none. */
      source: (r): Prefix | undefined => prefixOf(r.src, r.srcLen),
    },
    types: {24: 'RTM_NEWROUTE', 25: 'RTM_DELROUTE', 26: 'RTM_GETROUTE'},
  },
);

/** One route, as the kernel reports it. */
export type Route = Decoded<typeof routeMessage>;
/** Fields of a route request. */
export type RouteRequest = Encodable<typeof routeMessage>;
/** One leg of a multipath route. */
export type RouteNexthop = Decoded<typeof nexthop>;
/** Metrics of one route. */
export type RouteMetrics = Decoded<typeof metrics>;

/** The address of a default route, which is not sent. */
function unspecified(family: number): IpAddress | undefined {
  if (family === AF_INET) return IpAddress.inet(0);
  return family === AF_INET6 ? IpAddress.inet6(0, 0, 0, 0) : undefined;
}
