import type {Decoded} from '../../../netlink/schema.js';
import {address, attrs, be16, flag, lladdr, nest, octets, struct, u8, u16, u32, u64} from '../../../netlink/schema.js';

/** Identity of a bridge: priority in network order, then its address. Source: uapi linux/if_link.h, struct ifla_bridge_id. */
export const bridgeId = struct('ifla_bridge_id', {prio: be16, addr: octets(6)});

/** The querier a bridge has heard, timers in clock ticks. Source: uapi linux/if_bridge.h, BRIDGE_QUERIER_*. */
const querier = attrs({
  ipAddress: [1, address],
  ipPort: [2, u32],
  ipOtherTimer: [3, u64],
  ipv6Address: [5, address],
  ipv6Port: [6, u32],
  ipv6OtherTimer: [7, u64],
});

/**
 * A bridge. Times, intervals and timers in clock ticks (1/100 s); `fdbFlush` is only sent.
 * Source: uapi linux/if_link.h, IFLA_BR_*.
 */
export const bridge = attrs({
  forwardDelay: [1, u32],
  helloTime: [2, u32],
  maxAge: [3, u32],
  ageingTime: [4, u32],
  stpState: [5, u32],
  priority: [6, u16],
  vlanFiltering: [7, u8],
  vlanProtocol: [8, be16],
  groupFwdMask: [9, u16],
  rootId: [10, bridgeId],
  bridgeId: [11, bridgeId],
  rootPort: [12, u16],
  rootPathCost: [13, u32],
  topologyChange: [14, u8],
  topologyChangeDetected: [15, u8],
  helloTimer: [16, u64],
  tcnTimer: [17, u64],
  topologyChangeTimer: [18, u64],
  gcTimer: [19, u64],
  groupAddr: [20, lladdr],
  fdbFlush: [21, flag],
  mcastRouter: [22, u8],
  mcastSnooping: [23, u8],
  mcastQueryUseIfaddr: [24, u8],
  mcastQuerier: [25, u8],
  mcastHashElasticity: [26, u32],
  mcastHashMax: [27, u32],
  mcastLastMemberCnt: [28, u32],
  mcastStartupQueryCnt: [29, u32],
  mcastLastMemberIntvl: [30, u64],
  mcastMembershipIntvl: [31, u64],
  mcastQuerierIntvl: [32, u64],
  mcastQueryIntvl: [33, u64],
  mcastQueryResponseIntvl: [34, u64],
  mcastStartupQueryIntvl: [35, u64],
  nfCallIptables: [36, u8],
  nfCallIp6tables: [37, u8],
  nfCallArptables: [38, u8],
  vlanDefaultPvid: [39, u16],
  vlanStatsEnabled: [41, u8],
  mcastStatsEnabled: [42, u8],
  mcastIgmpVersion: [43, u8],
  mcastMldVersion: [44, u8],
  vlanStatsPerPort: [45, u8],
  /** Bits BR_BOOLOPT_*. */
  multiBoolopt: [46, struct('br_boolopt_multi', {optval: u32, optmask: u32})],
  mcastQuerierState: [47, nest(querier)],
  fdbNLearned: [48, u32],
  fdbMaxLearned: [49, u32],
});

/** A bridge. */
export type Bridge = Decoded<typeof bridge>;
