import {describe} from 'vitest';
import {differential} from '../helpers/differential.js';

/** A veth pair without link-local addresses, whose packets would move counters. */
const pair = [
  'ip link set lo up',
  'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'ip link set eth0 addrgenmode none; ip link set eth1 addrgenmode none',
];

/** The pair and a bridge with one port. */
const bridged = [
  ...pair,
  'ip link add br0 address 02:00:00:00:00:10 type bridge',
  'ip link add p0 address 02:00:00:00:00:11 type veth peer name q0 address 02:00:00:00:00:12',
  'ip link set p0 master br0 group 33',
  'ip link set p0 alias \'a "b" \\ ü\'; ip link property add dev p0 altname office altname b7',
];

const timers = /(?:timer"?:? *) *\d+\.\d\d/;

const each = (options: readonly string[], words: string): string[] => options.map(option => `ip ${option} ${words}`);
const of = (verb: string, lines: readonly string[]): string[] => lines.map(line => `ip link ${verb} ${line}`);

describe('show', () => {
  differential('every output form', {
    setup: bridged,
    ignore: [timers],
    steps: each(
      [
        '',
        '-o',
        '-br',
        '-j',
        '-j -p',
        '-d',
        '-d -d',
        '-d -o',
        '-d -j',
        '-c',
        '-c -d',
        '-c -br',
        '-N',
        '-N -d',
        '-br -j',
      ],
      'link',
    ),
  });
  differential('counters', {
    setup: pair,
    steps: each(['-s', '-s -s', '-s -o', '-s -j', '-s -s -j -p', '-s -h', '-s -h -iec', '-s -br', '-s -d'], 'link'),
  });
  differential('every family', {
    setup: pair,
    steps: ['-4', '-6', '-0', '-B', '-M', '-f link'].map(family => `ip ${family} link`),
  });
  differential('selections', {
    setup: bridged,
    umbrella: false,
    steps: [
      'eth0',
      'dev eth1',
      'office',
      'up',
      'group 33',
      'group default',
      'master br0',
      'nomaster',
      'type veth',
      'type bridge',
      'type bridge_slave',
      'type nosuch',
      'up type veth',
      'eth0 group 33',
      'label eth0',
      'scope link',
      'permanent',
      'nosuch',
      'if2',
      'if99 up',
      'eth0:label',
      "''",
      'averyveryverylongname',
      'eth0 eth1',
      'dev',
      'master nosuch',
      'vrf br0',
      'group x',
      'to 10.0.0.0/8',
      'help',
    ].flatMap(words => [`ip link show ${words}`, `ip -j -br link show ${words}`]),
  });
  differential('other namespaces', {
    setup: [
      ...pair,
      'ip netns add blue; ip link set eth1 netns blue',
      'ip link add v0 address 02:00:00:00:00:03 type veth peer name v1 address 02:00:00:00:00:04',
      'ip netns add red; ip link set v1 netns red',
    ],
    steps: [...each(['', '-j', '-br', '-br -j', '-d', '-c', '-o'], 'link'), 'ip -n blue link', 'ip -n blue -j link'],
  });
  differential('tun and tap', {
    opens: '/dev/net/tun',
    setup: [
      'ip tuntap add t0 mode tun',
      'ip tuntap add t1 mode tap user 0 group 0 multi_queue vnet_hdr pi; ip link set t1 address 02:00:00:00:00:05',
    ],
    steps: each(['', '-d', '-d -j', '-br', '-o'], 'link show type tun'),
  });
});

describe('set', () => {
  differential('with a family, which goes to the kernel', {
    setup: bridged,
    steps: [
      ...[
        'delete br0',
        'delete if99',
        'delete group 77',
        'set eth0 mtu 1400',
        'add new0 address 02:00:00:00:00:07 type ifb',
      ].map(words => `ip -B link ${words}`),
      'ip -4 link delete group 77',
      'ip -M link delete eth0',
    ],
  });
  differential('every word', {
    setup: bridged,
    steps: [
      ...of('set', [
        'eth0 up',
        'dev eth0 down',
        'eth0 mtu 1400 txqueuelen 50 alias uplink',
        "eth0 alias ''",
        'eth0 address 02:00:00:00:00:07 broadcast ff:ff:ff:ff:ff:fe',
        'eth0 arp off multicast off allmulticast on promisc on dynamic on trailers off',
        'eth0 name lan0 up',
        'lan0 name eth0',
        'eth0 group 10',
        'group 10 mtu 1300',
        'eth0 master br0',
        'eth0 nomaster',
        'eth0 addrgenmode eui64',
        'eth0 mode dormant state testing',
        'eth0 mode default',
        'eth0 gso_max_size 32768 gso_max_segs 100 gro_max_size 30000',
        'eth0 xdp off',
        'eth1 qlen 0',
        'office up',
        'eth0 type bridge_slave cost 5',
        'eth0',
      ]),
      'ip -d link',
    ],
  });
  differential('refusals', {
    setup: pair,
    umbrella: false,
    steps: of('set', [
      '',
      'dev',
      'up',
      'nosuch up',
      "'bad name' up",
      'eth0 eth1',
      'eth0 bogus',
      'eth0 mtu',
      'eth0 mtu abc',
      'eth0 mtu 10',
      'eth0 mtu 1 mtu 2',
      'eth0 txqueuelen 99999999999',
      'eth0 arp maybe',
      'eth0 carrier x',
      'eth0 carrier off',
      'eth0 protodown on',
      'eth0 protodown_reason x on',
      'eth0 address 02:00',
      'eth0 address zz:00',
      'eth0 address 01:00:5e:00:00:01',
      'eth0 name eth1',
      'eth0 name sixteencharacter',
      "eth0 name ''",
      'eth0 master nosuch',
      'eth0 master eth1',
      'eth0 vrf eth1',
      'eth0 netns nosuch',
      'eth0 group x',
      'eth0 addrgenmode magic',
      'eth0 addrgenmode stable_secret',
      'eth0 index 5',
      'eth0 vf 0',
      'eth0 vf 0 mac 02:00:00:00:00:01',
      'eth0 vf 0 vlan 5 qos 3 proto 802.1ad',
      'eth0 vf 0 max_tx_rate 5',
      'eth0 vf 0 vlan 4096',
      'eth0 type erspan erspan_ver 256',
      'eth0 type erspan erspan_ver 3',
      'eth0 type veth peer carrier 5',
      'eth0 vf 0 vlan 5 proto 3',
      'eth0 vf 0 vlan 5 proto 802.1ad qos 3',
      'eth0 vf -1 vlan 5 qos 3 qos 4',
      'nosuch vf 0 min_tx_rate 5 mtu x',
      'eth0 vf 0 vlan 4096',
      'eth0 vf -1 trust on',
      'eth0 vf 2147483648 trust on',
      'eth0 vf 0 node_guid 1:02:03:04:05:06:07:08',
      'eth0 vf 0 min_tx_rate 7 max_tx_rate 6',
      'eth0 vf 0 max_tx_rate 0 min_tx_rate 7',
      'eth0 vf 0 vlan 4095 qos 8',
      'eth0 xdp foo',
      'eth0 type foo bar',
      'eth0 type ifb foo',
      'nosuch type bridge bogus',
      'lo down',
    ]),
  });
  differential('bridge and port', {
    setup: bridged,
    ignore: [timers],
    steps: [
      ...of('set', [
        'br0 type bridge ageing_time 6000 group_fwd_mask 0xfff8 mcast_hash_max 1024 priority 4096',
        'br0 type bridge stp_state 1 forward_delay 400 hello_time 100 max_age 800',
        'br0 type bridge no_linklocal_learn 1 vlan_stats_enabled 1 group_address 01:80:c2:00:00:07',
        'br0 type bridge mcast_igmp_version 3 mcast_mld_version 2 mcast_querier 1 mcast_router 2',
        'br0 type bridge forward_delay 1',
        'br0 type bridge vlan_protocol foo',
        'br0 type bridge stp_state',
        'br0 type bridge bogus 1',
        'br0 type bridge fdb_flush',
        'p0 type bridge_slave cost 100 priority 16 hairpin on guard on learning off',
        'p0 type bridge_slave isolated on neigh_suppress on mcast_fast_leave on group_fwd_mask 0xc004',
        'p0 type bridge_slave backup_port nosuch',
        'p0 type bridge_slave hairpin maybe',
        'p0 type bridge_slave state 3',
        'p0 type bridge_slave bogus',
      ]),
      ...each(['-d', '-d -j'], 'link show br0'),
      ...each(['-d', '-d -j'], 'link show p0'),
      ...each(['', '-j'], 'link xstats type bridge'),
      'ip link xstats type bridge_slave dev p0',
      'ip link xstats type veth',
      'ip link afstats',
    ],
  });
});

describe('add and delete', () => {
  differential('pairs', {
    setup: ['ip netns add blue'],
    steps: [
      'ip link add v0 address 02:00:00:00:00:01 mtu 1400 type veth peer name v1 address 02:00:00:00:00:02 mtu 1300',
      'ip link add name a0 index 50 address 02:00:00:00:00:03 numtxqueues 4 type veth peer a1 address 02:00:00:00:00:04',
      'ip link add b0 address 02:00:00:00:00:05 type veth peer name b1 netns blue address 02:00:00:00:00:06',
      'ip link add v0 type veth',
      'ip link add v9 type veth bogus',
      'ip link add v9 type veth peer name a b',
      'ip link add v9 type veth peer mtu x',
      'ip link add v9 type veth peer link nosuch',
      'ip link add v9 type vxcan peer link nosuch master nosuch2',
      'ip -d link',
      'ip -n blue link',
      'ip link del a1',
      'ip link delete dev v0 type veth',
      'ip link del nosuch',
      'ip link del group 9',
      'ip link del lo',
      'ip link del',
      'ip link',
    ],
  });
  differential('other kinds', {
    setup: pair,
    steps: [
      'ip link add i0 address 02:00:00:00:00:05 up type ifb',
      'ip link add br7 address 02:00:00:00:00:07 type bridge forward_delay 400',
      'ip link add vx address 02:00:00:00:00:20 type vxlan id 42 remote 192.0.2.2 local 192.0.2.1 dstport 4789 ttl 5 tos 16',
      'ip link add vy address 02:00:00:00:00:21 type vxlan external dstport 4790',
      'ip link add vw address 02:00:00:00:00:22 type vxlan external',
      'ip link add vz type vxlan remote 192.0.2.2',
      'ip link add vz type vxlan id 6 dev nosuch nonsense',
      'ip link add vz type vxlan id 5 group 239.1.1.1',
      'ip link add link eth0 name mv address 02:00:00:00:00:30 type macvlan mode source macaddr add 02:00:00:00:00:99',
      'ip link add mt link eth0 address 02:00:00:00:00:31 type macvtap mode bridge',
      'ip link add mw link eth0 type macvlan mode turbo',
      'ip link add',
      'ip link add x0',
      'ip link add x0 type',
      'ip link add x0 type nosuchtype',
      'ip link add x0 type nosuchtype foo',
      'ip link add averyveryverylongname type ifb',
      'ip link add link nosuch type ifb',
      'ip link add x0 index 0 type ifb',
      'ip link add name a dev b type ifb',
      'ip -d link',
      'ip -d -j link',
    ],
  });
  differential('alternative names', {
    setup: pair,
    steps: [
      'ip link property add dev eth0 altname first altname building-7-floor-2-office',
      'ip link show building-7-floor-2-office',
      'ip link property del dev eth0 altname first',
      'ip link property del dev eth0 altname third',
      "ip link property add dev eth0 altname 'a b'",
      'ip link property add altname x',
      'ip link property add dev nosuch altname x',
      'ip link property show',
      'ip link property',
      'ip -j link show eth0',
    ],
  });
  differential('in a batch names stay as long as in the reference', {
    setup: pair,
    steps: [
      "printf '%s\\n' 'link set eth0 up' 'link del eth1' 'link set eth0 up' 'link show lo' | ip -force -batch -",
      "printf '%s\\n' 'link add xa address 02:00:00:00:00:05 type ifb' 'link set xa name xb' 'link set xa up' | ip -batch -",
    ],
  });
  differential('help', {
    steps: [
      'ip link help',
      'ip link help veth',
      'ip link help bridge',
      'ip link help nosuch',
      'ip link set help',
      'ip link foo',
    ],
  });
});

describe('values', () => {
  const long = 'ip link set eth0 alias $(seq -s. 300 | cut -c1-';
  differential('virtual functions by the beginnings of their words', {
    setup: pair,
    steps: [
      'm 02:00:00:00:00:01',
      'ma zz',
      'max zz',
      'mi zz',
      'v 5 q 3 p 802.1ad',
      'vl 5 pro 802.1q',
      'v 5 port 1',
      'r zz',
      's on',
      'sp of',
      'st e',
      'sta zz',
      'q on',
      't off',
      'n 1',
      'po 1',
      'vlan 5 alias ma',
      'vlan 5 alias max_tx_rate1',
    ].flatMap(words => [`ip link set lo vf 0 ${words}`, `ip link add nosuch vf 0 ${words}`]),
  });
  differential('lower devices are looked up as they are read', {
    setup: pair,
    steps: [
      'ip link add x0 type bond primary nosuch nonsense',
      'ip link add x0 type bond active_slave nosuch',
      'ip link add x0 type hsr slave1 nosuch nonsense',
      'ip link add x0 type dsa master nosuch nonsense',
      'ip link set eth0 type bridge_slave backup_port nosuch nonsense',
    ],
  });
  differential('aliases have room for 255 bytes', {
    setup: pair,
    steps: [
      `${long}255); ip link show eth0`,
      `${long}256)`,
      'ip link set group default alias $(seq -s. 300 | cut -c1-300)',
      'ip link add v0 type veth peer name v1 alias $(seq -s. 300 | cut -c1-256)',
    ],
  });
  differential('groups are numbers with a sign', {
    setup: pair,
    steps: [
      '2147483647',
      '2147483648',
      '4294967295',
      '4294967301',
      '6442450944',
      '-1',
      '-4294967291',
      '9223372036854775807',
      '0x7',
      "''",
      '5x',
    ].flatMap(group => [`ip link set eth0 group ${group}; ip link show eth0`, `ip link show group ${group}`]),
  });
  differential('a change takes the peer of a pair for a device', {
    setup: pair,
    steps: of('set', [
      'eth0 type veth peer',
      'eth0 type veth peer up',
      'eth0 type veth peer name x',
      'eth0 type veth peer name eth1',
      'eth0 type veth peer dev eth1 name x',
      'eth0 type veth peer index 5 name eth1',
      'eth0 type veth peer name eth1 address 02:00',
      'eth0 type veth peer group 5',
    ]),
  });
  differential('sources of a macvlan have six bytes', {
    setup: [...pair, 'ip link add link eth0 name m0 address 02:00:00:00:00:30 type macvlan mode source'],
    steps: [
      ...of('set', [
        'm0 type macvlan macaddr add 02:00',
        'm0 type macvlan macaddr add 02:00:00:00:00:01:02',
        'm0 type macvlan macaddr del 10.0.0.1',
        'm0 type macvlan macaddr set 02:00:00:00:00:07 mode source',
        'm0 type macvlan macaddr set 02:00:00:00:00:08 zz',
        'm0 type macvlan macaddr set 02:00:00:00:00:08 02:00',
        'm0 type macvlan macaddr set 02:00:00:00:00:08 02:00:zz',
        'm0 type macvlan macaddr set help',
      ]),
      'ip -d link show m0',
    ],
  });
  differential('a group needs a name, of a peer as well', {
    setup: [],
    steps: [
      'group 5 type veth',
      'group 5 type veth peer group 6',
      'n0 type veth peer group 5',
      'n0 type veth peer mtu 1400 group default',
      'n1 type veth peer name p1 group 5',
      'n2 type veth peer group 5 p2',
      'n3 type veth peer group -1',
    ].map(
      words =>
        `ip link add ${words}; ip -o link show group 5 | cut -d: -f1,2; ip link del n1 2>/dev/null; ip link del n2 2>/dev/null; true`,
    ),
  });
  differential('the restart count of gtp is decimal', {
    setup: [],
    steps: ['0xff', '08', '255', '256', '-1', '5x', "''"].map(
      count => `ip link add g0 type gtp role ggsn restart_count ${count}`,
    ),
  });
});
