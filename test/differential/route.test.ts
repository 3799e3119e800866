import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

/** As the fixture, without link-local addresses: the order of their routes depends on which link is up first. */
const net = [
  'ip link set lo up',
  'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'ip link set eth0 addrgenmode none; ip link set eth1 addrgenmode none',
  'ip link set eth0 up; ip link set eth1 up',
  'ip addr add 192.168.1.1/24 dev eth0; ip addr add 10.0.0.1/24 dev eth1',
  'ip addr add fd00:1::1/64 nodad dev eth0; ip addr add fd00:2::1/64 nodad dev eth1',
];
const routes = [...net, ...fixtures.routes];
const show = ['ip -4 route show table all', 'ip -6 route'];
/** The same words with each of the output options. */
const each = (options: readonly string[], words: string): string[] => options.map(option => `ip ${option} ${words}`);
const add = (...specs: string[]): string[] => [...specs.map(spec => `ip route add ${spec}`), ...show];

describe('show', () => {
  differential('every output form', {
    setup: routes,
    steps: each(
      [
        '',
        '-o',
        '-j',
        '-j -p',
        '-d',
        '-d -j',
        '-c=always',
        '-c=always -d',
        '-N',
        '-N -j',
        '-s',
        '-br',
        '-6',
        '-6 -j',
        '-6 -d',
      ],
      'route show table all type unicast',
    ),
    umbrella: true,
  });
  differential('a dark background', {setup: routes, steps: ['ip -c=always route'], env: {COLORFGBG: '15;0'}});
  differential('tables', {
    setup: routes,
    steps: [
      '',
      'table main',
      'table 254',
      'table local',
      'table all proto boot',
      'table cache',
      'table 77',
      'table 0 proto boot',
      'table x',
    ].map(words => `ip route show ${words}`),
  });
  differential('selectors leave out what they settle', {
    setup: routes,
    steps: [
      'proto static',
      'proto all',
      'scope link',
      'type blackhole',
      'dev eth0',
      'dev eth1 proto static',
      'via 10.0.0.254',
      'via 10/8',
      'via any',
      'src 192.168.1.1',
      'src 10/8',
      'metric 100',
      'priority 100',
      'preference 100',
      'tos 0',
      'realm 0',
      'mark 0',
      'mark 5',
      'iif eth0',
      'cached',
    ].map(words => `ip -d route show ${words}`),
  });
  differential('prefixes', {
    setup: routes,
    steps: [
      '172.16.5.0/24',
      'exact 172.16.0.0/12',
      'root 172.16.0.0/12',
      'match 172.16.5.9',
      'to match 172.16.5.9',
      'root 172/8 match 172.16.5.1',
      'default',
      'any',
      'all',
      '0/0',
      'root default',
      'match default',
      'from match 10.0.0.1',
      'from 10.0.0.1',
      'realms 196608',
      'vrf default',
    ].map(words => `ip route show ${words}`),
  });
  // The kernel makes the routes of multicast when it finds a link ready, in any order.
  differential('prefixes in all tables', {
    setup: routes,
    stdout: 'sorted',
    steps: ['::/0', 'default', 'vrf default'].flatMap(words => [
      `ip route show table all ${words}`,
      `ip route show ${words} table all`,
    ]),
  });
  differential('refusals', {
    setup: net,
    steps: [
      'table',
      'table x',
      'proto x',
      'scope x',
      'type x',
      'tos x',
      'realm x',
      'metric x',
      'mark x',
      'dev eth9',
      'dev eth9 iif eth8',
      'via x',
      'via inet6',
      'src x',
      'root x',
      'x',
      'help',
      'vrf eth0',
      '""',
    ].map(words => `ip route show ${words}`),
  });
  differential('names', {
    setup: [
      ...net,
      "cp -r /etc/iproute2 etc; echo '150 isp' >>etc/rt_tables; echo '99 mine' >>etc/rt_protos; mount --bind etc /etc/iproute2",
      'ip route add default via 10.0.0.2 table 150 proto 99',
    ],
    steps: ['ip route show table isp', 'ip route show table all proto mine', 'ip -N route show table isp'],
  });
});

describe('add', () => {
  differential('README', {
    setup: net,
    steps: ['ip route add 172.16.32.0/24 via 192.168.1.2', 'ip route', 'ip route add 172.16.32.0/24 via 192.168.1.2'],
    umbrella: true,
  });
  differential('prefixes', {
    setup: net,
    steps: add(
      '10/8 via 192.168.1.2',
      '172.16/12 via 192.168.1.3',
      '0/0 via 192.168.1.4',
      '1.2.3.4 dev eth0',
      '1.2.3.0/255.255.255.0 dev eth0',
      '1.2.3.5/24 dev eth0',
      '300.1.1.1 dev eth0',
      '1.2.3.0/33 dev eth0',
      'foo dev eth0',
      'default dev eth9',
      'any dev eth1',
    ),
  });
  differential('types', {
    setup: net,
    steps: add(
      ...['blackhole', 'unreachable', 'prohibit', 'throw'].map((type, i) => `${type} 10.${i}.0.0/16`),
      'local 10.9.0.1 dev eth0',
      'broadcast 10.9.255.255 dev eth0',
      'multicast 239.0.0.0/8 dev eth0',
      'anycast 10.9.0.3 dev eth0',
      'nat 10.9.0.4 via 192.168.1.2',
      'xresolve 10.9.0.5 dev eth0',
      'unr 10.10.0.0/16',
      'to blackhole 10.11.0.0/16',
    ),
  });
  differential('metrics', {
    setup: net,
    steps: [
      'ip route add 1.1.0.0/16 via 192.168.1.2 mtu lock 1400 rtt 500 rttvar 1s rto_min 5ms congctl lock reno features ecn quickack 1 window lock 3 hoplimit 9 fastopen_no_cookie 1',
      'ip route add 1.2.0.0/16 via 192.168.1.2 advmss 1200 initcwnd 20 initrwnd 30 cwnd lock 7 reordering 5 ssthresh 9 rtt 2000s',
      'ip route',
      'ip -j -p route show root 1/8',
      ...[
        'mtu x',
        'mtu lock',
        'hoplimit 256',
        'quickack 2',
        'features x',
        'rtt 5us',
        'congctl nosuch',
        'advmss -1',
      ].map(words => `ip route add 1.3.0.0/16 via 192.168.1.2 ${words}`),
    ],
  });
  differential('numbers', {
    setup: net,
    steps: add(
      ...['0x10', '010', "' 5'", '+6', '-0', '4294967295', '08', '1a', '-1', '4294967296', "''", "'5 '"].map(
        (metric, i) => `10.${i}.0.0/16 dev eth0 metric ${metric}`,
      ),
    ),
  });
  differential('everything else', {
    setup: net,
    steps: [
      'ip route add 1.1.0.0/16 via 192.168.1.2 src 192.168.1.1 tos 0x10 realm 4/5 proto static table 300 metric 7 scope 50',
      'ip route add 1.2.0.0/16 via inet6 fd00:1::2 dev eth0',
      'ip route add 1.3.0.0/16 via 203.0.113.1 dev eth0 onlink',
      'ip route add 1.4.0.0/16 via 192.168.1.2 pref high ttl-propagate enabled',
      'ip -6 route add 2001:db8::/48 via fd00:1::2 pref low mtu 1300',
      'ip -6 route add default from fd00:5::/64 via fd00:1::2',
      'ip -j -p route show table all root 1/8',
      ...show,
    ],
  });
  differential('legs', {
    setup: net,
    steps: [
      'ip route add 1.1.0.0/16 nexthop via 192.168.1.2 dev eth0 weight 3 nexthop via 10.0.0.2 realm 5 nexthop dev eth1',
      'ip -6 route add 2001:db8::/48 nexthop via fd00:1::2 weight 4 nexthop via fd00:2::2',
      'ip route',
      'ip -o route',
      'ip -j -p route',
      'ip -6 -j route',
      ...['', 'x', 'dev eth9', 'via x', 'via 192.168.1.2 weight 257', 'via 192.168.1.2 metric 4', 'nexthop'].map(
        words => `ip route add 1.2.0.0/16 nexthop ${words}`,
      ),
    ],
  });
  differential('segments', {
    setup: net,
    steps: [
      'ip -6 route add 2001:db8:1::/48 encap seg6 mode encap segs fd00:1::5,fd00:1::6 dev eth0',
      'ip -6 route add 2001:db8:2::/48 encap seg6 mode inline segs fd00:1::5 hmac 16 dev eth0',
      'ip -6 route add 2001:db8:3::/64 encap seg6local action End.X nh6 fd00::1 dev eth0',
      'ip -6 route add 2001:db8:4::/64 encap seg6local action End.T table main count dev eth0',
      'ip -6 route add 2001:db8:5::/64 encap seg6local action End.B6.Encaps srh segs fd00::1,fd00::2 dev eth0',
      ...each(['-6', '-6 -j', '-6 -s', '-6 -c=always'], 'route show root 2001:db8::/32'),
      ...['seg6', 'seg6 mode x dev eth0', 'seg6 segs fd00::1 dev eth0', 'seg6local table 5 dev eth0', 'x', ''].map(
        words => `ip -6 route add 2001:db8:6::/48 encap ${words}`,
      ),
    ],
  });
  differential('tunnels', {
    setup: net,
    steps: [
      'ip route add 1.1.0.0/16 encap ip id 5 dst 10.0.0.5 src 1.2.3.4 tos 4 ttl 5 via 10.0.0.2',
      'ip route add 1.2.0.0/16 encap ip6 id 5 dst fd00::1 hoplimit 9 tc 3 key csum seq via 10.0.0.2',
      ...each(['', '-j', '-c=always'], 'route show root 1/8'),
      ...[
        'ip id',
        'ip id 5 id 6 dst 1.2.3.4',
        'ip dst ::1 ttl 4',
        'ip6 tc x',
        'mpls x via 10.0.0.2',
        'xfrm if_id 0 dev x',
      ].map(words => `ip route add 1.3.0.0/16 encap ${words}`),
    ],
  });
  differential('nexthop objects', {
    setup: [
      ...net,
      'ip nexthop add id 5 via 192.168.1.3 dev eth0; ip nexthop add id 6 via 10.0.0.3 dev eth1 proto static',
      'ip nexthop add id 7 group 5/6,3; ip nexthop add id 8 blackhole',
    ],
    steps: [
      'ip route add 1.1.0.0/16 nhid 5',
      'ip route add 1.2.0.0/16 nhid 7',
      'ip route add 1.3.0.0/16 nhid 8',
      'ip route add 1.4.0.0/16 nhid 99',
      ...each(['', '-d', '-d -o', '-d -j -p', '-d -c=always'], 'route show root 1/8'),
    ],
  });
  differential('refusals', {
    setup: net,
    steps: [
      '',
      '10.0.0.0/8 via',
      '10.0.0.0/8 via x',
      '10.0.0.0/8 via inet6 10.0.0.1',
      '10.0.0.0/8 via 192.168.1.2 via 192.168.1.3',
      '10.0.0.0/8 src ::1',
      '10.0.0.0/8 frob',
      '10.0.0.0/8 10.1.0.0/16',
      '10.0.0.0/8 proto x',
      '10.0.0.0/8 scope x',
      '10.0.0.0/8 table x',
      '10.0.0.0/8 tos x',
      '10.0.0.0/8 realms 5/6/7',
      '10.0.0.0/8 encap seg6local srh segs x hmac 7',
      '10.0.0.0/8 encap seg6 mode encap segs x segs y',
      '10.0.0.0/8 nhid x',
      '10.0.0.0/8 pref x',
      '10.0.0.0/8 vrf x',
      '10.77.0.0/16 dev eth0 vrf default',
      'dev eth0',
      'unreachable',
    ].map(words => `ip route add ${words}`),
  });
  differential('help', {
    setup: net,
    steps: [
      'ip route help',
      'ip route h',
      'ip route add help',
      'ip route get help',
      'ip route flush table help',
      'ip route get 10.0.0.1 from h',
    ],
    stderr: 'nonempty',
  });
});

describe('change, replace, append, prepend, test, delete', () => {
  differential('one after the other', {
    setup: net,
    steps: [
      'ip route test 172.16.0.0/16 via 192.168.1.2',
      'ip route change 172.16.0.0/16 via 192.168.1.2',
      'ip route replace 172.16.0.0/16 via 192.168.1.2',
      'ip route append 172.16.0.0/16 via 192.168.1.3',
      'ip route prepend 172.16.0.0/16 via 192.168.1.4',
      'ip route chg 172.16.0.0/16 via 192.168.1.5',
      'ip r',
      'ip r d 172.16.0.0/16 via 192.168.1.3',
      'ip r del 172.16.0.0/16 metric 5',
      'ip ro delete 172.16.0.0/16',
      'ip route del unreachable 172.16.0.0/16',
      'ip -6 route del fd00:1::/64',
      'ip -6 route del fd00:1::/64',
      ...show,
    ],
  });
  differential('verbs by their beginnings', {
    setup: net,
    steps: ['s', 'sh', 'l', 'ls', 'lst', 'lis', 'g 192.168.1.2', 'f table 5', 'x', 'shows', '""'].map(
      words => `ip route ${words}`,
    ),
  });
});

describe('flush', () => {
  differential('rounds', {
    setup: routes,
    steps: [
      'ip -s route flush proto static',
      'ip -s -s route flush root 172.16.0.0/12',
      'ip -s route flush table 77',
      'ip -s -6 route flush dev eth1',
      'ip route flush cache',
      'ip route flush',
      'ip route flush dev eth9',
      'ip -4 -s route flush table all',
      ...show,
    ],
  });
});

describe('get', () => {
  differential('every output form', {
    setup: routes,
    steps: each(['', '-o', '-j', '-j -p', '-d', '-c=always', '-N'], 'route get 172.16.5.9'),
  });
  differential('questions', {
    setup: routes,
    steps: [
      '192.168.1.77',
      '192.168.1.1',
      '192.168.1.255',
      '224.0.0.5',
      '127.0.0.1',
      '198.51.100.7',
      'fd00:1::77',
      'fd00:1::1',
      'fibmatch 172.16.5.7',
      'fibmatch 192.0.2.9',
      '8.8.8.8 from 192.168.1.1',
      '8.8.8.8 oif eth0 mark 5 uid 7 tos 0x10',
      '8.8.8.8 mark 0x10 ipproto tcp sport 1000 dport 80',
      '172.16.5.0/24',
      '8.8.8.8 dev eth9',
      '8.8.8.8 mark x',
      '8.8.8.8 uid x',
      '8.8.8.8 ipproto x',
      '8.8.8.8 sport x',
      '',
      'x',
    ].map(words => `ip route get ${words}`),
  });
});

describe('get and flush', () => {
  differential('a second answer is always text', {
    setup: [...fixtures.net, ...fixtures.routes],
    steps: ['', '-j', '-j -p', '-d -j', '-o', '-o -j', '-c=always', '-c=always -j'].flatMap(options =>
      [
        '8.8.8.8 connected',
        '192.168.1.5 from 192.168.1.1 connected',
        'fd00:1::5 connected',
        '198.51.100.7 connected',
      ].map(words => `ip ${options} route get ${words}`),
    ),
  });
  differential('a flush does not listen to -loops', {
    setup: [...fixtures.net, ...fixtures.routes],
    steps: [
      'ip -loops 1 -s route flush table local',
      'ip -l 1 route flush proto static',
      'ip -loops 1 -s -s -6 route flush proto boot',
    ],
  });
  differential('programs of seg6local', {
    setup: fixtures.net,
    steps: [
      'endpoint x',
      'endpoint',
      'endpoint obj /nosuch',
      'endpoint pinned /nosuch',
      'endpoint obj /nosuch section a',
      '',
    ].map(words => `ip -6 route add 2001:db8::1 encap seg6local action End.BPF ${words} dev eth0`),
  });
});

describe('save and restore', () => {
  differential('there and back', {
    setup: net,
    steps: [
      'ip route add 172.16.0.0/16 via 192.168.1.2 metric 40',
      'ip route add blackhole 10.66.0.0/16',
      'ip -j route save table 777 | od -c; ip -j -p route save table 777 | od -c',
      'ip route save >r.bin; ip -6 route save >6.bin',
      'ip route showdump <r.bin',
      'ip route flush root 172.16.0.0/12',
      'ip route del blackhole 10.66.0.0/16',
      'ip route restore <r.bin',
      'ip route',
      'cat r.bin | ip route showdump',
      'cat r.bin | ip route restore',
      'echo garbage garbage | ip route restore',
      'ip route restore </dev/null',
      'head -c 100 r.bin | ip route showdump',
    ],
  });
});
