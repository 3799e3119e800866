import type {Decoded, Encodable} from '../../netlink/schema.js';
import {attrs, message, nest, pad, struct, u8, u32, u64} from '../../netlink/schema.js';
import {AF_MPLS} from '../constants.js';
import {linkStats64, traffic} from './counters.js';

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

/** Packets of the link aggregation protocol. Source: uapi linux/if_bonding.h, BOND_3AD_STAT_*. */
const lacp = attrs({
  lacpduRx: [0, u64],
  lacpduTx: [1, u64],
  lacpduUnknownRx: [2, u64],
  lacpduIllegalRx: [3, u64],
  markerRx: [4, u64],
  markerTx: [5, u64],
  markerRespRx: [6, u64],
  markerRespTx: [7, u64],
  markerUnknownRx: [8, u64],
});

/** Counters of a bond or of its ports. Source: uapi linux/if_bonding.h, BOND_XSTATS_*. */
const bond = attrs({lacp: [1, nest(lacp)]});

/** Source: uapi linux/if_link.h, LINK_XSTATS_TYPE_*. */
const xstats = attrs({bridge: [1, nest(bridge)], bond: [2, nest(bond)]});

/** What hardware counted. Source: uapi linux/if_link.h, struct rtnl_hw_stats64. */
const hwStats = struct('rtnl_hw_stats64', {
  ...traffic,
  multicast: u64,
});

/** Whether counting was asked for, and whether a driver does. Source: uapi linux/if_link.h, IFLA_OFFLOAD_XSTATS_HW_S_INFO_*. */
const hwInfo = attrs({request: [1, u8], used: [2, u8]});

/** Source: uapi linux/if_link.h, IFLA_OFFLOAD_XSTATS_*. */
const offload = attrs({
  cpuHit: [1, linkStats64],
  hwSInfo: [2, nest(attrs({l3Stats: [3, nest(hwInfo)]}))],
  l3Stats: [3, hwStats],
});

/** Labelled packets of a link. Source: uapi linux/mpls.h, struct mpls_link_stats. */
const mplsStats = struct('mpls_link_stats', {
  ...traffic,
  rxNoroute: u64,
});

/** Counters of address families, by number. Source: uapi linux/if_link.h, comment of IFLA_STATS_AF_SPEC; linux/mpls.h. */
const families = attrs({mpls: [AF_MPLS, nest(attrs({link: [1, mplsStats]}))]});

/** Bits of `filterMask`: what a request wants. Source: uapi linux/if_link.h, IFLA_STATS_FILTER_BIT. */
export const STATS_LINK_64 = 1;
export const STATS_LINK_XSTATS = 2;
export const STATS_LINK_XSTATS_SLAVE = 4;
export const STATS_LINK_OFFLOAD_XSTATS = 8;
export const STATS_AF_SPEC = 16;

/** Counters of one link beyond IFLA_STATS64. Source: uapi linux/if_link.h, struct if_stats_msg, IFLA_STATS_*. */
export const statsMessage = message(
  'stats',
  {family: u8, hole: pad(3), ifindex: u32, filterMask: u32},
  {
    link64: [1, linkStats64],
    linkXstats: [2, nest(xstats)],
    linkXstatsSlave: [3, nest(xstats)],
    linkOffloadXstats: [4, nest(offload)],
    afSpec: [5, nest(families)],
  },
  {types: {92: 'RTM_NEWSTATS', 94: 'RTM_GETSTATS'}},
);

/**
 * A request about counters: which suites of each group are wanted, as bits, and whether hardware is to count.
 * Source: uapi linux/if_link.h, IFLA_STATS_GET_FILTERS, IFLA_STATS_SET_LINK_OFFLOAD_XSTATS_L3_STATS.
 */
export const statsRequestMessage = message(
  'stats request',
  statsMessage.fields,
  {filters: [1, nest(attrs({linkOffloadXstats: [4, u32]}), {flag: true})], l3Stats: [2, u8]},
  {types: {94: 'RTM_GETSTATS', 95: 'RTM_SETSTATS'}},
);

/** Counters of one link. */
export type LinkStatsRecord = Decoded<typeof statsMessage>;
/** Fields of a request about counters. */
export type StatsRequest = Encodable<typeof statsRequestMessage>;
/** Counters of hardware. */
export type HwStats = Decoded<typeof hwStats>;
/** Counters of a bridge or port. */
export type BridgeXstats = Decoded<typeof bridge>;
/** Counters of a bond or port. */
export type BondXstats = Decoded<typeof bond>;
