import type {BridgePort} from '../../../rtnetlink/link/kinds/bridgeSlave.js';
import type {Field} from '../../../view/field.js';
import {field} from '../../../view/field.js';
import {enumerated, hex, ifname, type Kind, uint} from '../../../view/kinds.js';
import {alternateHex, bridgeId, onOffNumber, timer} from './values.js';

/** State of a port. Source: uapi linux/if_bridge.h, BR_STATE_*. */
const states = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

const isKnown = (state: number | undefined): boolean => state !== undefined && states[state] !== undefined;

const unknownState: Kind<number> = {
  text: (out, value) => out.ascii(`(${value})`),
  json: (json, value) => json.uint(value),
};

/** Protocols of the link-local groups that have a name, by bit. Source: IEEE 802.1Q, table 8-1. */
const groups: Readonly<Record<number, string>> = {0: 'stp', 2: 'lacp', 14: 'lldp'};

function maskWords(mask: number): string {
  const words: string[] = [];
  for (let bit = 0; bit < 16; bit++) {
    if (((mask >>> bit) & 1) !== 0) words.push(groups[bit] ?? `0x${(1 << bit).toString(16)}`);
  }
  return words.length === 0 ? '0x0' : words.join(',');
}

const maskNames: Kind<number> = {
  text: (out, value) => out.ascii(maskWords(value)),
  json: (json, value) => json.word(maskWords(value)),
};

/** A port of a bridge with `-d`, in the reference's order. */
export const bridgePortFields: readonly Field<BridgePort>[] = [
  field('state', 'state %s ', enumerated(states), r => (isKnown(r.state) ? r.state : undefined)),
  field('state_index', 'state %s ', unknownState, r => (isKnown(r.state) ? undefined : r.state)),
  field('priority', 'priority %s ', uint, r => r.priority),
  field('cost', 'cost %s ', uint, r => r.cost),
  field('hairpin', 'hairpin %s ', onOffNumber, r => r.mode),
  field('guard', 'guard %s ', onOffNumber, r => r.guard),
  field('root_block', 'root_block %s ', onOffNumber, r => r.protect),
  field('fastleave', 'fastleave %s ', onOffNumber, r => r.fastLeave),
  field('learning', 'learning %s ', onOffNumber, r => r.learning),
  field('flood', 'flood %s ', onOffNumber, r => r.unicastFlood),
  field('id', 'port_id %s ', hex, r => r.id),
  field('no', 'port_no %s ', hex, r => r.no),
  field('designated_port', 'designated_port %s ', uint, r => r.designatedPort),
  field('designated_cost', 'designated_cost %s ', uint, r => r.designatedCost),
  field('bridge_id', 'designated_bridge %s ', bridgeId, r => r.bridgeId),
  field('root_id', 'designated_root %s ', bridgeId, r => r.rootId),
  field('hold_timer', 'hold_timer %s ', timer, r => r.holdTimer),
  field('message_age_timer', 'message_age_timer %s ', timer, r => r.messageAgeTimer),
  field('forward_delay_timer', 'forward_delay_timer %s ', timer, r => r.forwardDelayTimer),
  field('topology_change_ack', 'topology_change_ack %s ', uint, r => r.topologyChangeAck),
  field('config_pending', 'config_pending %s ', uint, r => r.configPending),
  field('proxy_arp', 'proxy_arp %s ', onOffNumber, r => r.proxyarp),
  field('proxy_arp_wifi', 'proxy_arp_wifi %s ', onOffNumber, r => r.proxyarpWifi),
  field('multicast_router', 'mcast_router %s ', uint, r => r.multicastRouter),
  field(null, 'mcast_fast_leave %s ', onOffNumber, r => r.fastLeave),
  field('mcast_flood', 'mcast_flood %s ', onOffNumber, r => r.mcastFlood),
  field('bcast_flood', 'bcast_flood %s ', onOffNumber, r => r.bcastFlood),
  field('mcast_to_unicast', 'mcast_to_unicast %s ', onOffNumber, r => r.mcastToUcast),
  field('neigh_suppress', 'neigh_suppress %s ', onOffNumber, r => r.neighSuppress),
  field('group_fwd_mask', 'group_fwd_mask %s ', alternateHex, r => r.groupFwdMask),
  field('group_fwd_mask_str', 'group_fwd_mask_str %s ', maskNames, r => r.groupFwdMask),
  field('vlan_tunnel', 'vlan_tunnel %s ', onOffNumber, r => r.vlanTunnel),
  field('isolated', 'isolated %s ', onOffNumber, r => r.isolated),
  field('locked', 'locked %s ', onOffNumber, r => r.locked),
  field('backup_port', 'backup_port %s ', ifname, r => r.backupPort),
];
