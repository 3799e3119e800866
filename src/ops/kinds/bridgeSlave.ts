import {clause, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {uint} from '../../grammar/values.js';
import {offOn} from '../linkValues.js';
import type {KindContext, LinkKind} from './kind.js';
import {portDevice} from './values.js';

const wrongly = {text: (keyword: string) => `${keyword} is invalid`};

/** Unlike those of other kinds a wrong one ends a batch. */
const onOff = offOn(1, true);

function option<V>(word: string, value: ValueType<V>) {
  return keyword(word, value, {match: 'prefix'});
}

/** Port options of a bridge. Keys are attribute names. Order: match order. */
const options = clause({
  flush: flag('fdb_flush', {match: 'prefix'}),
  state: option('state', uint(0xff, wrongly)),
  priority: option('priority', uint(0xffff, wrongly)),
  cost: option('cost', uint(0xffffffff, wrongly)),
  mode: option('hairpin', onOff),
  guard: option('guard', onOff),
  protect: option('root_block', onOff),
  fastLeave: option('fastleave', onOff),
  learning: option('learning', onOff),
  unicastFlood: option('flood', onOff),
  mcastFlood: option('mcast_flood', onOff),
  bcastFlood: option('bcast_flood', onOff),
  mcastToUcast: option('mcast_to_unicast', onOff),
  proxyarp: option('proxy_arp', onOff),
  proxyarpWifi: option('proxy_arp_wifi', onOff),
  multicastRouter: option('mcast_router', uint(0xff, {text: 'invalid mcast_router'})),
  mcastFastLeave: option('mcast_fast_leave', onOff),
  neighSuppress: option('neigh_suppress', onOff),
  groupFwdMask: option('group_fwd_mask', uint(0xffff, {text: 'invalid group_fwd_mask'})),
  vlanTunnel: option('vlan_tunnel', onOff),
  isolated: option('isolated', onOff),
  locked: option('locked', onOff),
  backupPort: option('backup_port', portDevice),
  noBackupPort: flag('nobackup_port', {match: 'prefix'}),
  // Newer than iproute2 6.1: in full only.
  mab: keyword('mab', onOff),
  neighVlanSuppress: keyword('neigh_vlan_suppress', onOff),
  backupNhid: keyword('backup_nhid', uint(0xffffffff, {text: 'invalid backup_nhid'})),
});

/** Both spellings of fast leave are one attribute, and so are the two words of the backup port. */
function data(spec: SpecBag, context: KindContext): SpecBag {
  const attributes: SpecBag = {};
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'mcastFastLeave') attributes.fastLeave = value;
    else if (key === 'backupPort') attributes.backupPort = context.indexOf(value as string);
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
