import type {IpAddress} from '../../../addr/ip.js';
import type {Bond, BondSlave} from '../../../rtnetlink/link/kinds/bond.js';
import {bondWords} from '../../../rtnetlink/link/kinds/bondWords.js';
import type {Field} from '../../../view/field.js';
import {custom, field, group} from '../../../view/field.js';
import {address, enumerated, ifname, int, type Kind, lladdr, uint} from '../../../view/kinds.js';

/** A word of some; the reference does not show the number of another. */
function word(words: readonly string[]): Kind<number> {
  return {
    text: (out, value) => out.ascii(words[value] ?? 'UNKNOWN'),
    json: (json, value) => json.word(words[value] ?? 'UNKNOWN'),
  };
}

const validate: Kind<number> = {
  text: word(bondWords.arpValidate).text,
  json: (json, value, c) => {
    if (value === 0) json.null();
    else word(bondWords.arpValidate).json(json, value, c);
  },
};

/** Nothing shown for zero. */
function unlessZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

function targets(key: string, get: (r: Bond) => readonly IpAddress[] | undefined): Field<Bond> {
  return custom(
    (out, r, c) => {
      const all = get(r) ?? [];
      if (all.length === 0) return;
      out.ascii(`${key} `);
      all.forEach((target, i) => {
        if (i > 0) out.byte(44);
        address.text(out, target, c);
      });
      out.byte(32);
    },
    (json, r, c) => {
      const all = get(r) ?? [];
      if (all.length === 0) return;
      json.openArray(key);
      for (const target of all) address.json(json, target, c);
      json.closeArray();
    },
  );
}

type AdInfo = NonNullable<Bond['adInfo']>;

/** A bonding device with `-d`, in the reference's order. */
export const bondFields: readonly Field<Bond>[] = [
  field('mode', 'mode %s ', word(bondWords.mode), r => r.mode),
  field('active_slave', 'active_slave %s ', ifname, r => unlessZero(r.activeSlave)),
  field('miimon', 'miimon %s ', uint, r => r.miimon),
  field('updelay', 'updelay %s ', uint, r => r.updelay),
  field('downdelay', 'downdelay %s ', uint, r => r.downdelay),
  field('peer_notify_delay', 'peer_notify_delay %s ', uint, r => r.peerNotifDelay),
  field('use_carrier', 'use_carrier %s ', uint, r => r.useCarrier),
  field('arp_interval', 'arp_interval %s ', uint, r => r.arpInterval),
  field('arp_missed_max', 'arp_missed_max %s ', uint, r => r.missedMax),
  targets('arp_ip_target', r => r.arpIpTarget),
  targets('ns_ip6_target', r => r.nsIp6Target),
  field('arp_validate', 'arp_validate %s ', validate, r => r.arpValidate),
  field('arp_all_targets', 'arp_all_targets %s ', word(bondWords.arpAllTargets), r => r.arpAllTargets),
  field('primary', 'primary %s ', ifname, r => unlessZero(r.primary)),
  field('primary_reselect', 'primary_reselect %s ', word(bondWords.primaryReselect), r => r.primaryReselect),
  field('fail_over_mac', 'fail_over_mac %s ', word(bondWords.failOverMac), r => r.failOverMac),
  field('xmit_hash_policy', 'xmit_hash_policy %s ', word(bondWords.xmitHashPolicy), r => r.xmitHashPolicy),
  field('resend_igmp', 'resend_igmp %s ', uint, r => r.resendIgmp),
  field('num_peer_notif', 'num_grat_arp %s ', uint, r => r.numPeerNotif),
  field('all_slaves_active', 'all_slaves_active %s ', uint, r => r.allSlavesActive),
  field('min_links', 'min_links %s ', uint, r => r.minLinks),
  field('lp_interval', 'lp_interval %s ', uint, r => r.lpInterval),
  field('packets_per_slave', 'packets_per_slave %s ', uint, r => r.packetsPerSlave),
  field('ad_lacp_active', 'lacp_active %s ', word(bondWords.adLacpActive), r => r.adLacpActive),
  field('ad_lacp_rate', 'lacp_rate %s ', word(bondWords.adLacpRate), r => r.adLacpRate),
  field('ad_select', 'ad_select %s ', word(bondWords.adSelect), r => r.adSelect),
  group<Bond, AdInfo>(
    'ad_info',
    [
      field('aggregator', 'ad_aggregator %s ', uint, r => r.aggregator),
      field('num_ports', 'ad_num_ports %s ', uint, r => r.numPorts),
      field('actor_key', 'ad_actor_key %s ', uint, r => r.actorKey),
      field('partner_key', 'ad_partner_key %s ', uint, r => r.partnerKey),
      field('partner_mac', 'ad_partner_mac %s ', lladdr, r => r.partnerMac),
    ],
    r => r.adInfo,
  ),
  field('ad_actor_sys_prio', 'ad_actor_sys_prio %s ', uint, r => r.adActorSysPrio),
  field('ad_user_port_key', 'ad_user_port_key %s ', uint, r => r.adUserPortKey),
  field('ad_actor_system', 'ad_actor_system %s ', lladdr, r => r.adActorSystem),
  field('tlb_dynamic_lb', 'tlb_dynamic_lb %s ', uint, r => r.tlbDynamicLb),
];

/** Source: uapi linux/if_bonding.h, BOND_STATE_*, and BOND_LINK_*. */
const states = ['ACTIVE', 'BACKUP'];
const miiStates = ['UP', 'GOING_DOWN', 'DOWN', 'GOING_BACK'];
/** Bits of an LACP port's state, lowest first. Source: IEEE 802.1AX, LACP_Activity to Expired. */
const portStates = [
  'active',
  'short_timeout',
  'aggregating',
  'in_sync',
  'collecting',
  'distributing',
  'defaulted',
  'expired',
];

/** A value by word, or under another key by number. */
function state(key: string, words: readonly string[], get: (r: BondSlave) => number | undefined): Field<BondSlave>[] {
  const isKnown = (r: BondSlave): boolean => words[get(r) ?? -1] !== undefined;
  return [
    field(key, `${key} %s `, enumerated(words), r => (isKnown(r) ? get(r) : undefined)),
    field(`${key}_index`, `${key} %s `, uint, r => (isKnown(r) ? undefined : get(r))),
  ];
}

function portWords(bits: number): readonly string[] {
  return portStates.filter((_, bit) => ((bits >>> bit) & 1) !== 0);
}

/** State of a port, of which one byte is read: a number and its words, `<>` for none. */
function port(key: string, get: (r: BondSlave) => number | undefined): Field<BondSlave>[] {
  const name: Kind<number> = {
    text: (out, value) => out.ascii(portWords(value).join(',')),
    json: (json, value) => {
      json.openArray();
      for (const word of portWords(value)) json.word(word);
      json.closeArray();
    },
  };
  const low = (r: BondSlave): number | undefined => {
    const value = get(r);
    return value === undefined ? undefined : value & 0xff;
  };
  return [field(key, `${key} %s `, uint, low), field(`${key}_str`, `${key}_str <%s> `, name, low)];
}

/** A device under a bond with `-d`, in the reference's order. */
export const bondSlaveFields: readonly Field<BondSlave>[] = [
  ...state('state', states, r => r.state),
  ...state('mii_status', miiStates, r => r.miiStatus),
  field('link_failure_count', 'link_failure_count %s ', uint, r => r.linkFailureCount),
  field('perm_hwaddr', 'perm_hwaddr %s ', lladdr, r => r.permHwaddr),
  field('queue_id', 'queue_id %s ', uint, r => r.queueId),
  field('prio', 'prio %s ', int, r => r.prio),
  field('ad_aggregator_id', 'ad_aggregator_id %s ', uint, r => r.adAggregatorId),
  ...port('ad_actor_oper_port_state', r => r.adActorOperPortState),
  ...port('ad_partner_oper_port_state', r => r.adPartnerOperPortState),
];
