import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {AttrSet, Node} from '../../../src/netlink/schema.js';
import {addressLabelMessage} from '../../../src/rtnetlink/address/label.js';
import {addressMessage} from '../../../src/rtnetlink/address/schema.js';
import * as constants from '../../../src/rtnetlink/constants.js';
import {kinds, slaveKinds} from '../../../src/rtnetlink/link/kinds/table.js';
import {linkMessage} from '../../../src/rtnetlink/link/schema.js';
import {neighMessage} from '../../../src/rtnetlink/neigh/schema.js';
import {neighTableMessage} from '../../../src/rtnetlink/neigh/table.js';
import {netconfMessage} from '../../../src/rtnetlink/netconf/schema.js';
import {nexthopMessage} from '../../../src/rtnetlink/nexthop/schema.js';
import {nsidMessage} from '../../../src/rtnetlink/nsid/schema.js';
import {tunnels} from '../../../src/rtnetlink/route/encap.js';
import {metrics, routeMessage} from '../../../src/rtnetlink/route/schema.js';
import {ruleMessage} from '../../../src/rtnetlink/rule/schema.js';

/** Every number of a schema against the headers of the C library's kernel package (linux-libc-dev). */
const files = [
  'rtnetlink.h',
  'if_link.h',
  'if_addr.h',
  'if.h',
  'neighbour.h',
  'fib_rules.h',
  'nexthop.h',
  'netconf.h',
  'net_namespace.h',
  'if_addrlabel.h',
  'if_bridge.h',
  'if_tunnel.h',
  'amt.h',
  'batman_adv.h',
  'can/netlink.h',
  'wwan.h',
  'veth.h',
  'lwtunnel.h',
  'mpls_iptunnel.h',
  'seg6_iptunnel.h',
  'seg6_local.h',
  'rpl_iptunnel.h',
  'ioam6_iptunnel.h',
  'ila.h',
  'icmpv6.h',
];
const folder = '/usr/include/linux';

/** Names and values of all enums and plain number macros; `enums` has the members of each enum. */
function readHeaders(): {readonly values: ReadonlyMap<string, number>; readonly enums: readonly (readonly string[])[]} {
  const enums: string[][] = [];
  const values = new Map<string, number>();
  const numberOf = (text: string): number | undefined => {
    const known = values.get(text);
    if (known !== undefined) return known;
    const shift = /^\(?\s*(\d+)U?\s*<<\s*(\d+)\s*\)?$/.exec(text);
    if (shift !== null) return Number(shift[1]) << Number(shift[2]);
    return /^-?(0x[0-9a-fA-F]+|\d+)U?$/.test(text) ? Number(text.replace(/U$/, '')) : undefined;
  };
  for (const file of files) {
    const text = readFileSync(`${folder}/${file}`, 'latin1').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    for (const [, body] of text.matchAll(/\benum\b[^{;]*\{([^}]*)\}/g)) {
      let next = 0;
      const members: string[] = [];
      enums.push(members);
      for (const item of (body ?? '').replaceAll(/^\s*#.*$/gm, '').split(',')) {
        const [name, given] = item.split('=').map(part => part.trim());
        if (name === undefined || name === '') continue;
        next = given === undefined ? next : (numberOf(given) ?? Number.NaN);
        values.set(name, next++);
        members.push(name);
      }
    }
    for (const [, name, given] of text.matchAll(/^#define[ \t]+(\w+)[ \t]+(\S.*?)[ \t]*$/gm)) {
      const value = numberOf(given ?? '');
      if (name !== undefined && value !== undefined && !values.has(name)) values.set(name, value);
    }
  }
  return {values, enums};
}

/** Prefixes of nested sets, by path; the message's own set comes first. */
const prefixes: readonly (readonly [string, AttrSet, Readonly<Record<string, string>>])[] = [
  [
    'link',
    linkMessage.attrs,
    {
      '': 'IFLA_',
      linkinfo: 'IFLA_INFO_',
      xdp: 'IFLA_XDP_',
      protoDownReason: 'IFLA_PROTO_DOWN_REASON_',
      propList: 'IFLA_',
      vfinfoList: 'IFLA_VF_',
      'vfinfoList.info': 'IFLA_VF_',
      'vfinfoList.info.stats': 'IFLA_VF_STATS_',
      'vfinfoList.info.vlanList': 'IFLA_VF_VLAN_',
      vfPorts: 'IFLA_VF_',
      'vfPorts.port': 'IFLA_PORT_',
      portSelf: 'IFLA_PORT_',
      'afSpec.otherwise': 'AF_',
      'afSpec.otherwise.inet': 'IFLA_INET_',
      'afSpec.otherwise.inet6': 'IFLA_INET6_',
      'afSpec.otherwise.mctp': 'IFLA_MCTP_',
      'afSpec.7': 'IFLA_BRIDGE_',
      'afSpec.7.vlanTunnelInfo': 'IFLA_BRIDGE_VLAN_TUNNEL_',
      'afSpec.7.mst': 'IFLA_BRIDGE_MST_ENTRY_',
      'protinfo.10': 'IFLA_INET6_',
      'protinfo.7': 'IFLA_BRPORT_',
    },
  ],
  ['address', addressMessage.attrs, {'': 'IFA_'}],
  ['address label', addressLabelMessage.attrs, {'': 'IFAL_'}],
  ['route', routeMessage.attrs, {'': 'RTA_', multipath: 'RTA_', metrics: 'RTAX_'}],
  ['metrics', metrics, {'': 'RTAX_'}],
  ['rule', ruleMessage.attrs, {'': 'FRA_'}],
  ['neighbour', neighMessage.attrs, {'': 'NDA_', fdbExtAttrs: 'NFEA_'}],
  ['neighbour table', neighTableMessage.attrs, {'': 'NDTA_', parms: 'NDTPA_'}],
  [
    'nexthop',
    nexthopMessage.attrs,
    {
      '': 'NHA_',
      resGroup: 'NHA_RES_GROUP_',
      resBucket: 'NHA_RES_BUCKET_',
      groupStats: 'NHA_GROUP_STATS_',
      'groupStats.entry': 'NHA_GROUP_STATS_ENTRY_',
    },
  ],
  ['netconf', netconfMessage.attrs, {'': 'NETCONFA_'}],
  ['nsid', nsidMessage.attrs, {'': 'NETNSA_'}],
];
/** Link kinds whose prefix is not `IFLA_KIND_`. */
const kindPrefixes: Readonly<Record<string, string>> = {
  bridge: 'IFLA_BR_',
  erspan: 'IFLA_GRE_',
  gretap: 'IFLA_GRE_',
  ip6erspan: 'IFLA_GRE_',
  ip6gre: 'IFLA_GRE_',
  ip6gretap: 'IFLA_GRE_',
  ip6tnl: 'IFLA_IPTUN_',
  ipip: 'IFLA_IPTUN_',
  ipvtap: 'IFLA_IPVLAN_',
  macvtap: 'IFLA_MACVLAN_',
  sit: 'IFLA_IPTUN_',
  veth: 'VETH_INFO_',
  vti6: 'IFLA_VTI_',
  vxcan: 'VETH_INFO_',
};
const slaveKindPrefixes: Readonly<Record<string, string>> = {bridge: 'IFLA_BRPORT_', vrf: 'IFLA_VRF_PORT_'};
/** Sets inside the data of a kind. */
const kindNests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bridge: {mcastQuerierState: 'BRIDGE_QUERIER_'},
  can: {ctrlmodeExt: 'IFLA_CAN_CTRLMODE_', tdc: 'IFLA_CAN_TDC_'},
};
const tunnelPrefixes: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: {'': 'MPLS_IPTUNNEL_'},
  2: {
    '': 'LWTUNNEL_IP_',
    opts: 'LWTUNNEL_IP_OPTS_',
    'opts.geneve': 'LWTUNNEL_IP_OPT_GENEVE_',
    'opts.vxlan': 'LWTUNNEL_IP_OPT_VXLAN_',
    'opts.erspan': 'LWTUNNEL_IP_OPT_ERSPAN_',
  },
  3: {'': 'ILA_ATTR_'},
  4: {'': 'LWTUNNEL_IP6_'},
  5: {'': 'SEG6_IPTUNNEL_'},
  6: {'': 'LWT_BPF_', in: 'LWT_BPF_PROG_'},
  7: {'': 'SEG6_LOCAL_', bpf: 'SEG6_LOCAL_BPF_', counters: 'SEG6_LOCAL_CNT_', flavors: 'SEG6_LOCAL_FLV_'},
  8: {'': 'RPL_IPTUNNEL_'},
  9: {'': 'IOAM6_IPTUNNEL_'},
  10: {'': 'LWT_XFRM_'},
};

/** Symbols that no kernel uses. */
const unused = new Set(
  'IFLA_INET6_MCAST RTA_MP_ALGO RTA_PROTOINFO RTA_SESSION FRA_UNUSED2 FRA_UNUSED3 FRA_UNUSED4 FRA_UNUSED5'.split(' '),
);
/** Sets that hold only some attributes of another. */
const partial = new Set(['propList', 'multipath']);

/** Fields whose name is not the symbol's. */
const renamed: Readonly<Record<string, string>> = {
  'neighbour viaIfindex': 'NDA_IFINDEX',
  'kind sixRdPrefix': 'IFLA_IPTUN_6RD_PREFIX',
  'kind sixRdPrefixlen': 'IFLA_IPTUN_6RD_PREFIXLEN',
  'kind sixRdRelayPrefix': 'IFLA_IPTUN_6RD_RELAY_PREFIX',
  'kind sixRdRelayPrefixlen': 'IFLA_IPTUN_6RD_RELAY_PREFIXLEN',
};

/** Numbers of newer kernels (documentation/netlink/specs), and address families, which are the C library's. */
const since61 = new Set(
  `
    IFLA_BRPORT_MAB IFLA_BRPORT_MCAST_N_GROUPS IFLA_BRPORT_MCAST_MAX_GROUPS
    IFLA_BRPORT_NEIGH_VLAN_SUPPRESS IFLA_BRPORT_BACKUP_NHID AF_INET AF_INET6 AF_MCTP
    IFLA_MCTP_PHYS_BINDING IFLA_DEVLINK_PORT IFLA_GSO_IPV4_MAX_SIZE IFLA_GRO_IPV4_MAX_SIZE IFLA_DPLL_PIN
    IFLA_MAX_PACING_OFFLOAD_HORIZON IFLA_NETNS_IMMUTABLE IFLA_HEADROOM IFLA_VXLAN_LOCALBYPASS IFLA_MACVLAN_BC_CUTOFF IFLA_TAILROOM
    IFLA_BR_FDB_N_LEARNED IFLA_BR_FDB_MAX_LEARNED RTA_FLOWLABEL FRA_DSCP FRA_FLOWLABEL
    FRA_FLOWLABEL_MASK FRA_SPORT_MASK FRA_DPORT_MASK FRA_DSCP_MASK NHA_OP_FLAGS NHA_GROUP_STATS
    NHA_GROUP_STATS_ENTRY NHA_GROUP_STATS_ENTRY_ID NHA_GROUP_STATS_ENTRY_PACKETS
    NHA_GROUP_STATS_ENTRY_PACKETS_HW NHA_HW_STATS_ENABLE NHA_HW_STATS_USED NETCONFA_FORCE_FORWARDING
    IFLA_HSR_INTERLINK IFLA_GTP_LOCAL IFLA_GTP_LOCAL6
    SEG6_IPTUNNEL_SRC IOAM6_IPTUNNEL_SRC NTF_EXT_LOCKED NTF_EXT_EXT_VALIDATED
    IFLA_VXLAN_RESERVED_BITS IFLA_VXLAN_MC_ROUTE IFLA_BOND_SLAVE_ACTOR_PORT_PRIO
    RTM_NEWMULTICAST RTM_DELMULTICAST RTM_NEWANYCAST RTM_DELANYCAST
    IFLA_NETKIT_PEER_INFO IFLA_NETKIT_PRIMARY IFLA_NETKIT_POLICY IFLA_NETKIT_PEER_POLICY IFLA_NETKIT_MODE
    IFLA_NETKIT_SCRUB IFLA_NETKIT_PEER_SCRUB IFLA_NETKIT_HEADROOM IFLA_NETKIT_TAILROOM
  `.split(/\s+/),
);

/** Kinds whose attributes the headers of Linux 6.1 lack altogether. */
const kindsSince61 = new Set(['netkit']);

const snake = (name: string): string => name.replaceAll(/([A-Z])/g, '_$1').toUpperCase();

/** Attribute sets below a node. */
function* setsOf(node: Node, path: string): Generator<[string, AttrSet]> {
  if (node.attrs !== undefined) yield [path, node.attrs];
  if (node.item !== undefined) yield* setsOf(node.item, path);
  if (node.otherwise !== undefined) yield* setsOf(node.otherwise, `${path}.otherwise`);
  if (node.kind === 'select' && path !== 'linkinfo.data' && path !== 'linkinfo.slaveData' && !path.endsWith('encap')) {
    const table = typeof node.table === 'function' ? node.table() : (node.table ?? {});
    for (const key of Object.keys(table)) yield* setsOf(table[key] as Node, `${path}.${key}`);
  }
}

function* walk(set: AttrSet, path: string): Generator<[path: string, name: string, number: number]> {
  for (const [name, [number, node]] of Object.entries(set.table)) {
    yield [path, name, number];
    const here = path === '' ? name : `${path}.${name}`;
    for (const [below, inner] of setsOf(node, here)) yield* walk(inner, below);
  }
}

describe.skipIf(!existsSync(`${folder}/rtnetlink.h`))('numbers are those of the kernel headers', () => {
  const {values: headers, enums} = readHeaders();
  const newer: string[] = [];

  function check(title: string, set: AttrSet, known: Readonly<Record<string, string>>): number {
    let checked = 0;
    for (const [path, name, number] of walk(set, '')) {
      const prefix = known[path];
      if (prefix === undefined) continue;
      const symbol = renamed[`${title} ${path === '' ? name : `${path}.${name}`}`] ?? prefix + snake(name);
      if (headers.has(symbol)) {
        expect.soft(number, symbol).toBe(headers.get(symbol));
        checked++;
      } else {
        newer.push(symbol);
      }
    }
    return checked;
  }

  test.each(prefixes)('%s', (title, set, known) => {
    expect(check(title, set, known)).toBeGreaterThan(0);
  });

  test.each(Object.entries(kinds()))('link kind %s', (kind, node: Node) => {
    const prefix = kindPrefixes[kind] ?? `IFLA_${kind.toUpperCase()}_`;
    const least = kindsSince61.has(kind) ? 0 : 1;
    expect(check('kind', node.attrs as AttrSet, {'': prefix, ...kindNests[kind]})).toBeGreaterThanOrEqual(least);
  });

  test.each(Object.entries(slaveKinds()))('port of a %s', (kind, node: Node) => {
    const prefix = slaveKindPrefixes[kind] ?? `IFLA_${kind.toUpperCase()}_SLAVE_`;
    expect(check('port', node.attrs as AttrSet, {'': prefix})).toBeGreaterThan(0);
  });

  test.each(Object.entries(tunnels()))('tunnel %s', (type, node) => {
    expect(check('tunnel', node.attrs as AttrSet, tunnelPrefixes[Number(type)] ?? {})).toBeGreaterThan(0);
  });

  test.each(prefixes)('nothing of the headers is missing: %s', (title, set, known) => {
    for (const [path, prefix] of Object.entries(known)) {
      if (partial.has(path)) continue;
      const rows = [...walk(set, '')].filter(([at]) => at === path);
      const [first] = rows.map(([, name]) => prefix + snake(name)).filter(symbol => headers.has(symbol));
      const members = enums.find(one => first !== undefined && one.includes(first)) ?? [];
      const numbers = new Set(rows.map(([, , number]) => number));
      for (const symbol of members) {
        if (/^__|_(UNSPEC|NONE|MAX|PAD)$/.test(symbol) || unused.has(symbol)) continue;
        expect.soft(numbers.has(headers.get(symbol) ?? -1), `${title}: ${symbol}`).toBe(true);
      }
    }
  });

  test('constants', () => {
    for (const [name, value] of Object.entries(constants)) {
      if (/^(AF_|NETLINK_)/.test(name)) continue;
      if (headers.has(name)) expect.soft(value, name).toBe(headers.get(name));
      else newer.push(name);
    }
  });

  test('only what is newer than Linux 6.1 may be missing from the headers', () => {
    expect(newer.filter(name => !since61.has(name))).toEqual([]);
  });
});
