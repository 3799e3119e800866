import {clause, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {uint, uint64} from '../../grammar/values.js';
import {lladdr, vlanProtocol} from '../linkValues.js';
import type {LinkKind} from './kind.js';

/** BR_BOOLOPT_* bits, uapi linux/if_bridge.h, by the option that sets them. */
const booleans = {
  noLinklocalLearn: 0,
  mcastVlanSnooping: 1,
  mstEnabled: 2,
  mdbOffloadFailNotification: 3,
  fdbLocalVlan0: 4,
} as const;

const wrongly = {text: (keyword: string) => `invalid ${keyword}`};
const u8 = uint(0xff, wrongly);
const u16 = uint(0xffff, wrongly);
const u32 = uint(0xffffffff, wrongly);
const u64 = uint64(wrongly);

function option<V>(word: string, value: ValueType<V>) {
  return keyword(word, value, {match: 'prefix'});
}

/** Options of a bridge. Keys are attribute names but for the booleans; times in 1/100 s. Order: match order. */
const options = clause({
  forwardDelay: option('forward_delay', u32),
  helloTime: option('hello_time', u32),
  maxAge: option('max_age', u32),
  ageingTime: option('ageing_time', u32),
  stpState: option('stp_state', u32),
  priority: option('priority', u16),
  vlanFiltering: option('vlan_filtering', u8),
  vlanProtocol: option('vlan_protocol', vlanProtocol('invalid vlan_protocol')),
  groupFwdMask: option('group_fwd_mask', u16),
  groupAddr: option('group_address', lladdr),
  fdbFlush: flag('fdb_flush', {match: 'prefix'}),
  vlanDefaultPvid: option('vlan_default_pvid', u16),
  vlanStatsEnabled: option('vlan_stats_enabled', u8),
  vlanStatsPerPort: option('vlan_stats_per_port', u8),
  mcastRouter: option('mcast_router', u8),
  mcastSnooping: option('mcast_snooping', u8),
  mcastVlanSnooping: keyword('mcast_vlan_snooping', u8),
  mcastQueryUseIfaddr: option('mcast_query_use_ifaddr', u8),
  mcastQuerier: option('mcast_querier', u8),
  mcastHashElasticity: option('mcast_hash_elasticity', u32),
  mcastHashMax: option('mcast_hash_max', u32),
  mcastLastMemberCnt: option('mcast_last_member_count', u32),
  mcastStartupQueryCnt: option('mcast_startup_query_count', u32),
  mcastLastMemberIntvl: option('mcast_last_member_interval', u64),
  mcastMembershipIntvl: option('mcast_membership_interval', u64),
  mcastQuerierIntvl: option('mcast_querier_interval', u64),
  mcastQueryIntvl: option('mcast_query_interval', u64),
  mcastQueryResponseIntvl: option('mcast_query_response_interval', u64),
  mcastStartupQueryIntvl: option('mcast_startup_query_interval', u64),
  mcastStatsEnabled: option('mcast_stats_enabled', u8),
  mcastIgmpVersion: option('mcast_igmp_version', u8),
  mcastMldVersion: option('mcast_mld_version', u8),
  nfCallIptables: option('nf_call_iptables', u8),
  nfCallIp6tables: option('nf_call_ip6tables', u8),
  nfCallArptables: option('nf_call_arptables', u8),
  noLinklocalLearn: keyword('no_linklocal_learn', u8),
  // Newer than iproute2 6.1: in full only, so that no abbreviation changes its meaning.
  fdbMaxLearned: keyword('fdb_max_learned', u32),
  mstEnabled: keyword('mst_enabled', u8),
  mdbOffloadFailNotification: keyword('mdb_offload_fail_notification', u8),
  fdbLocalVlan0: keyword('fdb_local_vlan_0', u8),
});

/** The booleans become one attribute behind all others. */
function data(spec: SpecBag): SpecBag {
  const attributes: SpecBag = {};
  let optval = 0;
  let optmask = 0;
  for (const [key, value] of Object.entries(spec)) {
    const bit = booleans[key as keyof typeof booleans];
    if (bit === undefined) {
      attributes[key] = value;
      continue;
    }
    optmask |= 1 << bit;
    if (value !== 0) optval |= 1 << bit;
    else optval &= ~(1 << bit);
  }
  if (optmask !== 0) attributes.multiBoolopt = {optval, optmask};
  return attributes;
}

/** `type bridge`. */
export const bridge: LinkKind = {name: 'bridge', options, data, unknown: 'unknown command'};
