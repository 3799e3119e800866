import type {IpAddress} from '../../addr/ip.js';
import {parseAddress} from '../../addr/iproute.js';
import {refuse} from '../../grammar/errors.js';
import {clause, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {addressOf, int, uint} from '../../grammar/values.js';
import {bondWords} from '../../rtnetlink/link/kinds/bondWords.js';
import {lladdr} from '../linkValues.js';
import type {KindContext, LinkKind} from './kind.js';
import {number, option, presentDevice} from './values.js';

/** As many targets as the kernel takes. Source: Linux Documentation/networking/bonding.rst, arp_ip_target. */
const MAX_TARGETS = 16;
const AF_INET6 = 10;

/** One of some words, or its number. */
function indexed(words: readonly string[]): ValueType<number> {
  return {
    label: `{ ${words.join(' | ')} }`,
    complete: words,
    parse(cursor, keyword) {
      const word = cursor.next();
      const index = words.indexOf(word);
      const value = index === -1 ? unsigned(word, words.length - 1) : index;
      if (value === undefined) throw refuse(`Error: argument "${word}" is wrong: invalid ${keyword}`);
      return value;
    },
    format: value => [words[value] ?? String(value)],
  };
}

/** Addresses with commas between them, none at all when nothing follows. */
function targets(label: string, read: (word: string) => IpAddress): ValueType<readonly IpAddress[]> {
  return {
    label: `[ ${label}, ... ]`,
    parse(cursor) {
      if (cursor.done) return [];
      const parts = cursor.next().split(',');
      return parts
        .filter(part => part !== '')
        .slice(0, MAX_TARGETS)
        .map(read);
    },
    format: value => (value.length === 0 ? [] : [value.join(',')]),
  };
}

function inetTarget(word: string): IpAddress {
  const found = parseAddress(word === 'any' || word === 'all' ? 'default' : word, 2);
  if (found === undefined) throw refuse(`Error: an IP address is expected rather than "${word}"`, 1);
  return found;
}

const u8 = (name: string) => number(0xff, `invalid ${name}`);
const u16 = (name: string) => number(0xffff, `invalid ${name}`);
const u32 = (name: string) => number(0xffffffff, `invalid ${name}`);
const notifications = u8('num_grat_arp|num_unsol_na');

const port = presentDevice(name => refuse(`Cannot find device "${name}"`, 1));

/** Options of a bonding device, in match order. Keys are attribute names. */
const options = clause({
  mode: option('mode', indexed(bondWords.mode)),
  activeSlave: option('active_slave', port),
  clearActiveSlave: flag('clear_active_slave', {match: 'prefix'}),
  miimon: option('miimon', u32('miimon')),
  updelay: option('updelay', u32('updelay')),
  downdelay: option('downdelay', u32('downdelay')),
  peerNotifDelay: option('peer_notify_delay', u32('peer_notify_delay')),
  useCarrier: option('use_carrier', u8('use_carrier')),
  arpInterval: option('arp_interval', u32('arp_interval')),
  arpValidate: option('arp_validate', indexed(bondWords.arpValidate)),
  arpAllTargets: option('arp_all_targets', indexed(bondWords.arpAllTargets)),
  arpIpTarget: option('arp_ip_target', targets('ADDRESS', inetTarget)),
  nsIp6Target: keyword(
    'ns_ip6_target',
    targets('ADDRESS', word => addressOf(word, AF_INET6)),
  ),
  primary: option('primary', port),
  primaryReselect: option('primary_reselect', indexed(bondWords.primaryReselect)),
  failOverMac: option('fail_over_mac', indexed(bondWords.failOverMac)),
  xmitHashPolicy: option('xmit_hash_policy', indexed(bondWords.xmitHashPolicy)),
  resendIgmp: option('resend_igmp', u32('resend_igmp')),
  numPeerNotif: option('num_grat_arp', notifications, ['num_unsol_na']),
  allSlavesActive: option('all_slaves_active', u8('all_slaves_active')),
  minLinks: option('min_links', u32('min_links')),
  lpInterval: option('lp_interval', u32('lp_interval')),
  packetsPerSlave: option('packets_per_slave', u32('packets_per_slave')),
  adLacpRate: option('lacp_rate', indexed(bondWords.adLacpRate)),
  adLacpActive: keyword('lacp_active', indexed(bondWords.adLacpActive)),
  adSelect: option('ad_select', indexed(bondWords.adSelect)),
  adUserPortKey: option('ad_user_port_key', u16('ad_user_port_key')),
  adActorSysPrio: option('ad_actor_sys_prio', u16('ad_actor_sys_prio')),
  adActorSystem: option('ad_actor_system', lladdr),
  tlbDynamicLb: option('tlb_dynamic_lb', u8('tlb_dynamic_lb')),
  missedMax: keyword('arp_missed_max', u8('arp_missed_max')),
});

function data(spec: SpecBag, context: KindContext): SpecBag {
  const attributes: SpecBag = {};
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'clearActiveSlave') attributes.activeSlave = 0;
    else if (key === 'activeSlave' || key === 'primary') attributes[key] = context.indexOf(value as string);
    else attributes[key] = value;
  }
  return attributes;
}

/** `type bond`. */
export const bond = (): LinkKind => ({name: 'bond', options, data, unknown: 'unknown command'});

const wrongly = {text: (keyword: string) => `${keyword} is invalid`};

/** Options of a device under a bond. */
const slaveOptions = clause({
  queueId: option('queue_id', uint(0xffff, wrongly)),
  prio: keyword('prio', int(-0x80000000, 0x7fffffff, wrongly)),
  // Newer than iproute2 6.1.
  actorPortPrio: keyword('actor_port_prio', uint(0xffff, wrongly)),
});

/** `type bond_slave`. */
export const bondSlave = (): LinkKind => ({
  name: 'bond_slave',
  options: slaveOptions,
  slave: true,
  unknown: 'unknown option',
});
