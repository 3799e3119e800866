import type {Bridge} from '../../../rtnetlink/link/kinds/bridge.js';
import type {Field} from '../../../view/field.js';
import {field} from '../../../view/field.js';
import {counter64, lladdr, uint} from '../../../view/kinds.js';
import {alternateHex, bridgeId, etherType, timer} from './values.js';

/** BR_BOOLOPT_* bits of one option; undefined where the kernel does not know it. Source: uapi linux/if_bridge.h. */
function boolean(bit: number): (bridge: Bridge) => number | undefined {
  return ({multiBoolopt: options}) =>
    options === undefined || ((options.optmask >>> bit) & 1) === 0 ? undefined : (options.optval >>> bit) & 1;
}

/** A bridge with `-d`, in the reference's order. */
export const bridgeFields: readonly Field<Bridge>[] = [
  field('forward_delay', 'forward_delay %s ', uint, r => r.forwardDelay),
  field('hello_time', 'hello_time %s ', uint, r => r.helloTime),
  field('max_age', 'max_age %s ', uint, r => r.maxAge),
  field('ageing_time', 'ageing_time %s ', uint, r => r.ageingTime),
  field('stp_state', 'stp_state %s ', uint, r => r.stpState),
  field('priority', 'priority %s ', uint, r => r.priority),
  field('vlan_filtering', 'vlan_filtering %s ', uint, r => r.vlanFiltering),
  field('vlan_protocol', 'vlan_protocol %s ', etherType, r => r.vlanProtocol),
  field('bridge_id', 'bridge_id %s ', bridgeId, r => r.bridgeId),
  field('root_id', 'designated_root %s ', bridgeId, r => r.rootId),
  field('root_port', 'root_port %s ', uint, r => r.rootPort),
  field('root_path_cost', 'root_path_cost %s ', uint, r => r.rootPathCost),
  field('topology_change', 'topology_change %s ', uint, r => r.topologyChange),
  field('topology_change_detected', 'topology_change_detected %s ', uint, r => r.topologyChangeDetected),
  field('hello_timer', 'hello_timer %s ', timer, r => r.helloTimer),
  field('tcn_timer', 'tcn_timer %s ', timer, r => r.tcnTimer),
  field('topology_change_timer', 'topology_change_timer %s ', timer, r => r.topologyChangeTimer),
  field('gc_timer', 'gc_timer %s ', timer, r => r.gcTimer),
  field('vlan_default_pvid', 'vlan_default_pvid %s ', uint, r => r.vlanDefaultPvid),
  field('vlan_stats_enabled', 'vlan_stats_enabled %s ', uint, r => r.vlanStatsEnabled),
  field('vlan_stats_per_port', 'vlan_stats_per_port %s ', uint, r => r.vlanStatsPerPort),
  field('group_fwd_mask', 'group_fwd_mask %s ', alternateHex, r => r.groupFwdMask),
  field('group_addr', 'group_address %s ', lladdr, r => r.groupAddr),
  field('mcast_snooping', 'mcast_snooping %s ', uint, r => r.mcastSnooping),
  field('no_linklocal_learn', 'no_linklocal_learn %s ', uint, boolean(0)),
  field('mcast_vlan_snooping', 'mcast_vlan_snooping %s ', uint, boolean(1)),
  field('mcast_router', 'mcast_router %s ', uint, r => r.mcastRouter),
  field('mcast_query_use_ifaddr', 'mcast_query_use_ifaddr %s ', uint, r => r.mcastQueryUseIfaddr),
  field('mcast_querier', 'mcast_querier %s ', uint, r => r.mcastQuerier),
  field('mcast_hash_elasticity', 'mcast_hash_elasticity %s ', uint, r => r.mcastHashElasticity),
  field('mcast_hash_max', 'mcast_hash_max %s ', uint, r => r.mcastHashMax),
  field('mcast_last_member_cnt', 'mcast_last_member_count %s ', uint, r => r.mcastLastMemberCnt),
  field('mcast_startup_query_cnt', 'mcast_startup_query_count %s ', uint, r => r.mcastStartupQueryCnt),
  field('mcast_last_member_intvl', 'mcast_last_member_interval %s ', counter64, r => r.mcastLastMemberIntvl),
  field('mcast_membership_intvl', 'mcast_membership_interval %s ', counter64, r => r.mcastMembershipIntvl),
  field('mcast_querier_intvl', 'mcast_querier_interval %s ', counter64, r => r.mcastQuerierIntvl),
  field('mcast_query_intvl', 'mcast_query_interval %s ', counter64, r => r.mcastQueryIntvl),
  field('mcast_query_response_intvl', 'mcast_query_response_interval %s ', counter64, r => r.mcastQueryResponseIntvl),
  field('mcast_startup_query_intvl', 'mcast_startup_query_interval %s ', counter64, r => r.mcastStartupQueryIntvl),
  field('mcast_stats_enabled', 'mcast_stats_enabled %s ', uint, r => r.mcastStatsEnabled),
  field('mcast_igmp_version', 'mcast_igmp_version %s ', uint, r => r.mcastIgmpVersion),
  field('mcast_mld_version', 'mcast_mld_version %s ', uint, r => r.mcastMldVersion),
  field('nf_call_iptables', 'nf_call_iptables %s ', uint, r => r.nfCallIptables),
  field('nf_call_ip6tables', 'nf_call_ip6tables %s ', uint, r => r.nfCallIp6tables),
  field('nf_call_arptables', 'nf_call_arptables %s ', uint, r => r.nfCallArptables),
];
