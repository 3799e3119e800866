import type {Decoded, Encodable} from '../../netlink/schema.js';
import {
  address,
  attrs,
  flag,
  list,
  many,
  message,
  nest,
  pad,
  select,
  struct,
  u8,
  u16,
  u32,
  u64,
  uint,
} from '../../netlink/schema.js';
import {tunnels} from '../route/encap.js';

/**
 * Member of a group; its weight is `weight` + 256 * `weightHigh` + 1.
 * Source: uapi linux/nexthop.h, struct nexthop_grp.
 */
const member = struct('nexthop_grp', {id: u32, weight: u8, weightHigh: u8, resvd2: pad(2)});

/** A resilient group; timers and times in clock ticks (USER_HZ). Source: uapi linux/nexthop.h, NHA_RES_GROUP_*. */
const resGroup = attrs({buckets: [1, u16], idleTimer: [2, u32], unbalancedTimer: [3, u32], unbalancedTime: [4, u64]});

/** A bucket of a resilient group; idle time in clock ticks (USER_HZ). Source: uapi linux/nexthop.h, NHA_RES_BUCKET_*. */
const resBucket = attrs({index: [1, u16], idleTime: [2, u64], nhId: [3, u32]});

/** Source: uapi linux/nexthop.h, NHA_GROUP_STATS_*. */
const groupStats = attrs({entry: [1, many(nest(attrs({id: [1, u32], packets: [2, uint], packetsHw: [3, uint]})))]});

/**
 * One nexthop object or group; `flags` are RTNH_F_*.
 * Source: uapi linux/nexthop.h, struct nhmsg, NHA_*.
 */
export const nexthopMessage = message(
  'nexthop',
  {family: u8, scope: u8, protocol: u8, resvd: pad(1), flags: u32},
  {
    id: [1, u32],
    group: [2, list(member)],
    groupType: [3, u16],
    blackhole: [4, flag],
    oif: [5, u32],
    gateway: [6, address],
    encapType: [7, u16],
    encap: [8, select('encapType', tunnels)],
    groups: [9, flag],
    master: [10, u32],
    fdb: [11, flag],
    resGroup: [12, nest(resGroup, {flag: true})],
    resBucket: [13, nest(resBucket, {flag: true})],
    opFlags: [14, u32],
    groupStats: [15, nest(groupStats)],
    hwStatsEnable: [16, u32],
    hwStatsUsed: [17, u32],
  },
  {
    types: {
      104: 'RTM_NEWNEXTHOP',
      105: 'RTM_DELNEXTHOP',
      106: 'RTM_GETNEXTHOP',
      116: 'RTM_NEWNEXTHOPBUCKET',
      117: 'RTM_DELNEXTHOPBUCKET',
      118: 'RTM_GETNEXTHOPBUCKET',
    },
  },
);

/** Clock ticks of a second, as the kernel counts them for programs. */
export const USER_HZ = 100;

/** One nexthop object, as the kernel reports it. */
export type Nexthop = Decoded<typeof nexthopMessage>;
/** Fields of a nexthop request. */
export type NexthopRequest = Encodable<typeof nexthopMessage>;
