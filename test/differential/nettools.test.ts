import {readFileSync} from 'node:fs';
import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

/** IPv4 only: routes of link-local addresses come in the order in which links got up. */
const net = [
  'for c in all default lo; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done',
  'ip link set lo up',
  'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'ip link set eth0 up; ip link set eth1 up',
  'ip addr add 192.168.1.1/24 brd + dev eth0; ip addr add 10.0.0.1/24 brd + dev eth1',
];

/** Routes of every kind that the table treats in its own way. */
const kinds = [
  ...net,
  'ip route add default via 192.168.1.254; ip route add 0.0.0.0/1 dev eth0; ip route add 10.7.7.7 via 192.168.1.2',
  'ip route add 172.16.0.0/16 via 10.0.0.9 metric 7 mtu 1400 window 4000 rtt 300 advmss 999',
  'ip route add 172.16.0.0/24 dev eth0; ip route add 10.6.0.0/16 nexthop via 192.168.1.2 nexthop via 10.0.0.2',
  'ip route add blackhole 10.9.0.0/16; ip route add unreachable 10.8.0.0/16; ip route add prohibit 10.8.1.1',
  'ip route add throw 10.8.2.0/24; ip route add local 10.99.0.0/16 dev lo table main',
  'ip route add broadcast 10.3.0.0/16 dev eth0 table main; ip route add multicast 224.1.0.0/16 dev eth0 table main',
  'ip route add 10.45.0.0/16 via inet6 fe80::1 dev eth0; ip route add 10.44.0.0/16 via 192.168.1.3 table 100',
  'ip nexthop add id 1 via 192.168.1.3 dev eth0; ip nexthop add id 2 blackhole; ip nexthop add id 3 group 1',
  'ip route add 10.46.0.0/16 nhid 1; ip route add 10.47.0.0/16 nhid 2; ip route add 10.48.0.0/16 nhid 3',
  'ip route add 10.51.0.0/30 dev eth0 onlink via 7.7.7.7; ip route add 10.52.0.0/30 dev eth0 metric 4294967295',
];

/** Names from files only. */
const names = [
  'mount -t tmpfs tmpfs /mnt; printf "hosts: files\\nnetworks: files\\n" >/mnt/nsswitch',
  'printf "192.168.1.254 gw.example.org gw\\n10.5.5.5 host.example.com\\n10.20.0.0 neverseen\\n10.0.0.9 a.very.long.host.name\\n10.9.9.9 both\\n" >/mnt/hosts',
  'printf "default 0.0.0.0\\ncorpnet 172.16.0.0 alias\\nmynet 10.20.0.0\\nshort 10.77\\nalongnetworkname 10.78.0.0\\nboth 172.17.0.0\\n" >/mnt/networks',
  'for f in hosts networks; do mount --bind /mnt/$f /etc/$f; done; mount --bind /mnt/nsswitch /etc/nsswitch.conf',
];

const show = ['route -n', 'ip route'];
const add = (...words: string[]): string[] => words.flatMap(line => [`route add ${line}`]).concat(show);

describe('route', () => {
  differential('lists every kind of route', {
    setup: kinds,
    steps: [
      '-n',
      '-ne',
      '-nee',
      '-n -F',
      '-nv',
      '-N',
      '-n -4',
      '-n --inet',
      '-n -A inet',
      '-nC',
      '-neC',
      '-neeC',
      '-nFC',
      '-neee',
    ].map(options => `route ${options}`),
  });
  differential('lists what is left when links go down', {
    setup: kinds,
    steps: ['ip link set eth1 down', 'route -n', 'ip link set eth0 down; ip link set lo down', 'route -n'],
  });
  differential('says so when there is no table', {
    steps: ['ip link set lo down', 'route -n', 'netstat -rn', 'netstat -rC'],
  });
  differential('names', {
    setup: [
      ...net,
      ...names,
      'ip route add default via 192.168.1.254; ip route add 172.16.0.0/16 via 10.0.0.9; ip route add 172.16.0.0/24 dev eth0',
      'ip route add 10.5.5.5 dev eth0; ip route add 10.20.0.0/16 dev eth0; ip route add 10.20.0.0/32 dev eth0',
      'ip route add 10.77.0.0/16 dev eth0; ip route add 10.78.0.0/16 dev eth0; ip route add 0.0.0.0/1 dev eth0',
    ],
    steps: [
      'route',
      'route -e',
      'route -ee',
      'netstat -r',
      'netstat -re',
      'netstat -rW',
      'netstat -rN',
      'netstat -r --numeric-hosts',
    ],
  });
  differential('adds', {
    setup: net,
    steps: add(
      'default gw 192.168.1.254',
      'default gw 192.168.1.254 dev eth0 metric 3',
      'default dev eth1 metric 4',
      '-net 172.16.0.0 netmask 255.255.0.0 gw 192.168.1.2',
      '-net 172.17.0.0/16 gateway 192.168.1.2',
      '-net 172.18.0.0/0x10 eth1',
      '-net 172.19.0.0 netmask 0xffff0000 device eth1',
      '-host 10.5.5.5 gw 192.168.1.2',
      '10.5.5.6 dev eth1',
      '10.5.5.7/32 eth1',
      '-host default gw 192.168.1.254',
      'default netmask 255.0.0.0 gw 192.168.1.254',
      '-net 172.20.0.0/16 gw 192.168.1.2 metric 5 mss 1400 window 4000 irtt 300',
      '-net 172.21.0.0/16 gw 192.168.1.2 mod dyn reinstate',
      '-net 224.0.0.0 netmask 240.0.0.0 dev eth0',
    ),
  });
  differential('refuses', {
    setup: net,
    steps: add(
      '-net 172.16.0.0/16 gw 192.168.1.2',
      '-net 172.16.0.0/16 gw 192.168.1.2',
      '-net 172.17.0.0 gw 192.168.1.2',
      'default gw 9.9.9.9',
      'default gw 192.168.1.255',
      'default gw 0.0.0.0 dev eth0',
      'default',
      'default eth9',
      'default gw nosuch.invalid.',
      '-net 172.16.0.5 netmask 255.255.0.0 dev eth0',
      '-net 172.16.0.0 netmask 255.0.255.0 dev eth0',
      '-host 172.16.0.1 netmask 255.255.255.0 dev eth0',
      '-net 10.0.0.0/8 mss 63 gw 192.168.1.2',
      '-net 10.0.0.0/8 window 1 gw 192.168.1.2',
      '-net 10.0.0.0/8 eth0 eth1',
      '-net 10.0.0.0/8 gw',
      '-net',
    ).concat('route add', 'route frob', 'route flush', 'route -C add default eth0', 'route -A unix', 'route -A foo'),
    stderr: 'exact',
    stdout: 'exact',
    env: {RES_OPTIONS: 'attempts:1 timeout:1'},
  });
  differential('rejects', {
    setup: net,
    steps: [
      ...add('default reject', '-net 10.5.0.0/16 gw 192.168.1.2 reject', '10.5.0.5 metric 7 mss 1000 reject eth9'),
      'route del default',
      'route del default reject',
      'route del -net 10.5.0.0/16 reject gw 1.2.3.4',
      ...show,
    ],
  });
  differential('gateways that are our own, and aliases', {
    setup: [...net, 'ip addr add 192.168.1.77/24 dev eth0 label eth0:1'],
    steps: add(
      '-net 10.1.0.0/16 gw 192.168.1.1',
      '-net 10.2.0.0/16 gw 127.0.0.1 dev lo',
      '-net 10.3.0.0/16 eth0:1',
      '-net 10.4.0.0/16 gw 192.168.1.9 dev eth0:1',
      '-net 10.5.0.0/16 eth0:2',
    ),
  });
  differential('metrics in sixteen bits, lengths modulo 32', {
    setup: net,
    steps: add(
      ...['0', '5x', '0x10', '70000', '32767', '65535'].map((metric, i) => `-net 10.${i}.0.0/16 eth0 metric ${metric}`),
      ...['33', '64', '32', '-1', '', 'x', '08'].map((length, i) => `-net 11.${i}.0.0/${length} eth0`),
      ...['65535', '65536', '65537', '4294967295'].map((mss, i) => `-net 12.${i}.0.0/16 eth0 mss ${mss}`),
      ...['0', '65535', '70000', 'x'].map((irtt, i) => `-net 13.${i}.0.0/16 eth0 irtt ${irtt}`),
    ),
  });
  differential('names of targets', {
    setup: [...net, ...names],
    steps: add(
      'mynet/16 eth0',
      'mynet eth0',
      '-host mynet eth0',
      'alias/16 eth0',
      'host.example.com eth0',
      'default gw gw',
      'default gw mynet',
      '-host both eth0',
      'both/16 eth0',
      '-net 172.18.0.0 netmask mynet gw 192.168.1.2',
    ),
  });
  differential('deletes', {
    setup: [
      ...net,
      'ip route add 172.16.0.0/16 via 192.168.1.2; ip route add 172.16.0.0/16 via 10.0.0.9 metric 5',
      'ip route add default via 192.168.1.254; ip route add default dev eth1 metric 9; ip route add 10.5.5.5 via 192.168.1.2',
      'ip route add unreachable 10.6.0.0/16; ip route add blackhole 10.7.0.0/16; ip route add 10.8.0.0/16 dev eth0 proto static',
      'ip route add 10.9.0.0/16 via 192.168.1.2 src 192.168.1.1; ip route add 10.14.0.0/16 dev eth0 scope host',
      'ip route add 10.10.0.0/16 nexthop via 192.168.1.2 nexthop via 10.0.0.9',
    ],
    steps: [
      '-net 172.16.0.0/16 metric 3',
      '-net 172.16.0.0/16 gw 10.0.0.9',
      '-net 172.16.0.0 netmask 255.255.0.0',
      'default gw 192.168.1.253',
      'default metric 9',
      'default',
      'default',
      '10.5.5.5 mss 900 window 900',
      '-net 10.6.0.0/16',
      '-net 10.6.0.0/16 reject',
      '-net 10.7.0.0/16',
      '-net 10.8.0.0/16 eth1',
      '-net 10.8.0.0/16 eth0',
      '-net 10.9.0.0/16 gw 192.168.1.2',
      '-net 10.10.0.0/16 gw 10.0.0.9',
      '-net 10.10.0.0/16 gw 192.168.1.2',
      '-net 10.14.0.0/16',
      'nosuch.invalid.',
    ]
      .map(words => `route del ${words}`)
      .concat('route del', 'route delete default', ...show),
    env: {RES_OPTIONS: 'attempts:1 timeout:1'},
  });
  differential('IPv6', {
    setup: fixtures.net,
    steps: [
      'route -A inet6 add 2001:db8::/32 gw fd00:1::2',
      'route -6 add 2001:db8:1::/48 dev eth1 metric 9',
      'route -6 add 2001:db8:2::1 eth0 metric 0',
      'route -6 add default gw fd00:1::2',
      'route -6 add 2001:db8::/32 gw fd00:1::1',
      'route -6 add 2001:db8:3::/48 reject',
      'route -6 add 2001:db8::/129 eth0',
      'route -6 add',
      'route -6 flush',
      'ip -6 route | grep -v ^fe80',
      'route -6 del 2001:db8::/32',
      'route -6 del 2001:db8:1::/48',
      'route -6 del 2001:db8:1::/48 metric 9',
      'ip -6 route | grep -v ^fe80',
      'route -n6C',
    ],
  });
  differential('masks: that of a host, then holes, both when the line is read', {
    setup: [...net, ...names, 'printf "mask 255.255\\nnone 0\\n" >>/mnt/networks'],
    steps: add(
      ...['0', 'default', 'none', 'mask', '24', '255.255.255.255'].map(
        (mask, i) => `-host 10.1.0.${i} netmask ${mask} eth0`,
      ),
      ...['mask', 'none', '255.0.255.0', '255.0.0.0'].map((mask, i) => `-net 10.${i}.0.0 netmask ${mask} eth0`),
      '10.2.0.1/32 netmask 255.255.255.255 eth0',
      '10.2.0.2 netmask 255.255.0.0 gw nosuch',
      '10.2.0.3 netmask 255.255.0.0 mss 5',
      '-net 10.0.0.0 netmask 255.0.255.0 foo bar',
    ),
    env: {RES_OPTIONS: 'attempts:1 timeout:1'},
  });
  differential('names of devices are cut, rights come before them', {
    setup: [
      ...net,
      'ip link add abcdefghijklmno type ifb; ip link set abcdefghijklmno up; ip addr add 192.168.1.77/24 dev eth0 label eth0:1',
    ],
    steps: [
      ...add('-net 10.1.0.0/16 abcdefghijklmnopq', '-net 10.2.0.0/16 dev abcdefghijklmn', '10.3.0.1 dev ""'),
      'route del -net 10.1.0.0/16 abcdefghijklmnopq',
      ...['nosuch', 'eth0:2', 'gw 192.168.1.1', 'netmask 1.2.3.4'].map(
        words => `setpriv --bounding-set=-all route add 10.4.0.1 ${words}`,
      ),
      'setpriv --bounding-set=-all route add -net 127.0.0.0 eth0',
      'setpriv --bounding-set=-all route del 10.4.0.1 nosuch',
    ],
    state: false,
  });
  differential('of IPv6: aliases, several ways, gateways by number only', {
    setup: [
      ...fixtures.net,
      ...names,
      'printf "fd00:1::9 six\\n" >>/mnt/hosts',
      'ip -6 route add fd00:a::/64 metric 1 nexthop via fd00:1::5 nexthop via fd00:1::6 nexthop via fd00:2::5',
    ],
    steps: [
      ...['fd00:b::/64 eth0:1', 'six dev eth0:', 'fd00:c::/64 dev :', 'fd00:9::/64 gw six', 'six gw six'],
      ...['six gw 10.0.0.1', '"" eth0', 'fd00:9::/64 gw fd00:1::5%eth0', 'fd00:9::/64 gw fd00:1::5/64'],
    ]
      .map(words => `route -6 add ${words}`)
      .concat(
        ['six', 'fd00:a::1/64 eth1', 'fd00:a::/64', 'fd00:a::/64 metric 2', 'fd00:a::/64', '"" eth0'].map(
          words => `route -6 del ${words}; ip -6 route | grep -v ^fe80`,
        ),
        'route -6C add ::9; route -6C del ::9; route -6FC flush',
      ),
  });
  differential('families that cannot be changed, one at a time', {
    umbrella: false,
    setup: net,
    steps: ['ax25', 'netrom', 'rose', 'ipx', 'ddp', 'x25', 'unix', 'bluetooth', 'econet', 'ash']
      .flatMap(family => ['add 1', 'del', 'flush'].map(words => `-A ${family} ${words}`))
      .concat(
        ['add 1 lo', 'del 1 dev lo', 'add 1 2 3 4'].map(words => `-A x25 ${words}`),
        ['-4 -4 add 10.1.1.1 lo', '-A inet,inet6 flush', '-4 -6 foo', '-A econet,ash add', '--net add 1', '--tcpip'],
        [
          'add -hosts -k 10.1.1.1',
          '-h -V',
          '-6h',
          '-4 -x',
          '-A x25 -h',
          '-A ipx -h',
          '-46 -h',
          '-n -- add 10.9.9.9 lo',
          '-n',
        ],
      )
      .map(words => `route ${words}`),
  });
  differential('a kernel without IPv6', {
    state: false,
    setup: ['mount -t tmpfs none /proc; mkdir /proc/net'],
    steps: ['route -6', 'route -A inet6 -n', 'netstat -rn6', 'netstat -r6C'],
  });
  differential('version', {
    steps: ['route -V', 'route --version', 'netstat -V', 'netstat --versi', 'arp -V', 'ifconfig --version'],
  });
});

describe('netstat', () => {
  differential('the routing table', {
    setup: kinds,
    steps: [
      '-rn',
      '-r -n',
      '-rne',
      '-rnee',
      '-rnC',
      '-rneC',
      '-rnFC',
      '--route -n',
      '-rn4',
      '-rn --inet',
      '-rn -A inet',
      '-rnv',
      '-rnW',
      '-rnN',
      '--fib -rn',
      '-rneee',
    ].map(options => `netstat ${options}`),
  });
  differential('wrong options', {
    steps: ['--nosuch', '-y', '-A', '-rn -A foo', '-rn -A unix', '--route=1'].map(options => `netstat ${options}`),
  });
});

describe('/proc/net/route', () => {
  /** The file that the reference reads, as `route -nee` shows it. */
  const fromProc = readFileSync(`${import.meta.dirname}/procRoute.awk`, 'utf8').replaceAll("'", '');
  differential('says what our dump says', {
    setup: [...kinds, `cat >show.awk <<'END'\n${fromProc}\nEND`],
    steps: ['awk -f show.awk /proc/net/route >proc.txt; route -nee | sed 1,2d | diff - proc.txt && wc -l <proc.txt'],
  });
});
