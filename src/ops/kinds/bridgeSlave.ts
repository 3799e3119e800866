import {clause, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {text, uint} from '../../grammar/values.js';
import {offOn} from '../linkValues.js';
import type {KindContext, LinkKind} from './kind.js';

const wrongly = {text: (keyword: string) => `${keyword} is invalid`};

function option<V>(word: string, value: ValueType<V>) {
  return keyword(word, value, {match: 'prefix'});
}

/** Port options of a bridge. Keys are attribute names. Order: match order. */
const options = clause({
  flush: flag('fdb_flush', {match: 'prefix'}),
  state: option('state', uint(0xff, wrongly)),
  priority: option('priority', uint(0xffff, wrongly)),
  cost: option('cost', uint(0xffffffff, wrongly)),
  mode: option('hairpin', offOn(1)),
  guard: option('guard', offOn(1)),
  protect: option('root_block', offOn(1)),
  fastLeave: option('fastleave', offOn(1)),
  learning: option('learning', offOn(1)),
  unicastFlood: option('flood', offOn(1)),
  mcastFlood: option('mcast_flood', offOn(1)),
  bcastFlood: option('bcast_flood', offOn(1)),
  mcastToUcast: option('mcast_to_unicast', offOn(1)),
  proxyarp: option('proxy_arp', offOn(1)),
  proxyarpWifi: option('proxy_arp_wifi', offOn(1)),
  multicastRouter: option('mcast_router', uint(0xff, {text: 'invalid mcast_router'})),
  mcastFastLeave: option('mcast_fast_leave', offOn(1)),
  neighSuppress: option('neigh_suppress', offOn(1)),
  groupFwdMask: option('group_fwd_mask', uint(0xffff, {text: 'invalid group_fwd_mask'})),
  vlanTunnel: option('vlan_tunnel', offOn(1)),
  isolated: option('isolated', offOn(1)),
  locked: option('locked', offOn(1)),
  backupPort: option('backup_port', text('DEVICE', 'device')),
  noBackupPort: flag('nobackup_port', {match: 'prefix'}),
  // Newer than iproute2 6.1: in full only.
  mab: keyword('mab', offOn(1)),
  neighVlanSuppress: keyword('neigh_vlan_suppress', offOn(1)),
  backupNhid: keyword('backup_nhid', uint(0xffffffff, {text: 'invalid backup_nhid'})),
});

/** Both spellings of fast leave are one attribute, and so are the two words of the backup port. */
function data(spec: SpecBag, context: KindContext): SpecBag {
  const attributes: SpecBag = {};
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'mcastFastLeave') attributes.fastLeave = value;
    else if (key === 'backupPort') attributes.backupPort = context.index(value as string);
    else if (key === 'noBackupPort') attributes.backupPort = 0;
    else attributes[key] = value;
  }
  return attributes;
}

/** `type bridge_slave`. */
export const bridgeSlave: LinkKind = {
  name: 'bridge_slave',
  options,
  slave: true,
  data,
  unknown: 'unknown option',
};
