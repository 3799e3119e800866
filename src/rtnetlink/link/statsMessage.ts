import type {Decoded} from '../../netlink/schema.js';
import {attrs, bytes, message, nest, pad, struct, u8, u32, u64} from '../../netlink/schema.js';
import {linkStats64} from './stats.js';

/** Multicast packets a bridge saw, by protocol and direction. Source: uapi linux/if_bridge.h, struct br_mcast_stats. */
const multicast = struct('br_mcast_stats', {
  igmpV1QueriesRx: u64,
  igmpV1QueriesTx: u64,
  igmpV2QueriesRx: u64,
  igmpV2QueriesTx: u64,
  igmpV3QueriesRx: u64,
  igmpV3QueriesTx: u64,
  igmpLeavesRx: u64,
  igmpLeavesTx: u64,
  igmpV1ReportsRx: u64,
  igmpV1ReportsTx: u64,
  igmpV2ReportsRx: u64,
  igmpV2ReportsTx: u64,
  igmpV3ReportsRx: u64,
  igmpV3ReportsTx: u64,
  igmpParseErrors: u64,
  mldV1QueriesRx: u64,
  mldV1QueriesTx: u64,
  mldV2QueriesRx: u64,
  mldV2QueriesTx: u64,
  mldLeavesRx: u64,
  mldLeavesTx: u64,
  mldV1ReportsRx: u64,
  mldV1ReportsTx: u64,
  mldV2ReportsRx: u64,
  mldV2ReportsTx: u64,
  mldParseErrors: u64,
  mcastBytesRx: u64,
  mcastBytesTx: u64,
  mcastPacketsRx: u64,
  mcastPacketsTx: u64,
});

/** Spanning tree packets of a port. Source: uapi linux/if_bridge.h, struct bridge_stp_xstats. */
const stp = struct('bridge_stp_xstats', {
  transitionBlk: u64,
  transitionFwd: u64,
  rxBpdu: u64,
  txBpdu: u64,
  rxTcn: u64,
  txTcn: u64,
});

/** Counters of a bridge or of its ports. Source: uapi linux/if_bridge.h, BRIDGE_XSTATS_*. */
const bridge = attrs({mcast: [2, multicast], stp: [4, stp]});

/** Source: uapi linux/if_link.h, LINK_XSTATS_TYPE_*. */
const xstats = attrs({bridge: [1, nest(bridge)]});

/** Bits of `filterMask`: what a request wants. Source: uapi linux/if_link.h, IFLA_STATS_FILTER_BIT. */
export const STATS_LINK_64 = 1;
export const STATS_LINK_XSTATS = 2;
export const STATS_LINK_XSTATS_SLAVE = 4;
export const STATS_AF_SPEC = 16;

/** Counters of one link beyond IFLA_STATS64. Source: uapi linux/if_link.h, struct if_stats_msg, IFLA_STATS_*. */
export const statsMessage = message(
  'stats',
  {family: u8, hole: pad(3), ifindex: u32, filterMask: u32},
  {
    link64: [1, linkStats64],
    linkXstats: [2, nest(xstats)],
    linkXstatsSlave: [3, nest(xstats)],
    linkOffloadXstats: [4, bytes],
    afSpec: [5, bytes],
  },
  {types: {92: 'RTM_NEWSTATS', 94: 'RTM_GETSTATS'}},
);

/** Counters of a bridge or port. */
export type BridgeXstats = Decoded<typeof bridge>;
