import {describe} from 'vitest';
import {differential} from '../helpers/differential.js';
import {referencePath} from '../helpers/tools.js';

/** IPv4 only: no traffic of its own moves the counters, and IPv6 addresses come in an order that the kernel shuffles. */
const quiet = 'for c in all default lo; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done';
const pair = 'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02';
const net = [
  quiet,
  `ip link set lo up; ${pair}; ip link set eth0 up; ip link set eth1 up`,
  'ip addr add 192.168.1.1/24 brd + dev eth0; ip addr add 10.0.0.1/24 brd + dev eth1',
];
const six = [
  `ip link set lo up; ${pair}; ip link set eth0 addrgenmode none; ip link set eth1 addrgenmode none`,
  'ip addr add 192.168.1.1/24 dev eth0',
];

/** `ip` of the reference: what is looked at, not what is tested. */
const ip = `PATH=${referencePath} ip`;

const each = (...lines: string[]): string[] => lines.map(line => `ifconfig ${line}`);
/** Settings, with the addresses after each. */
const set = (...lines: string[]): string[] => lines.flatMap(line => [`ifconfig ${line}`, `${ip} -4 addr show`]);

describe('ifconfig', () => {
  differential('shows', {
    setup: [...net, 'ip addr add 10.7.0.1/24 brd + label eth0:7 dev eth0; ip link set eth1 down'],
    steps: each(
      '',
      '-a',
      '-s',
      '-s -a',
      '-v',
      'eth0',
      '-a eth0',
      'eth1',
      '-s eth1',
      'lo',
      'eth0:7',
      'eth0:8',
      '-s eth0:7',
    ),
  });
  differential('options and devices that are not there', {
    umbrella: false,
    setup: net,
    steps: each(
      '-Z',
      '-as',
      '-',
      '--all',
      'eth9',
      '-s eth9',
      '-a eth9',
      '""',
      'eth9:1',
      'eth0 -a',
      '-v eth9 up',
    ).concat(each('--help', '-?', 'eth0 mtu', 'eth0 hw ether', 'eth0 hw token 1', 'eth0 10.1.1.1/abc')),
  });
  differential('the order of names', {
    umbrella: false,
    setup: [
      ...net,
      'for n in eth10 eth2 abcdefghijklmno Z.1 eth00 1a eth eth2a eth2b10 eth2b9 10 9 eth0x eth-1; do ip link add $n type ifb; done',
      'i=0; for l in eth0:10 eth0:2 eth0:a eth0: eth0:02 eth2:5; do i=$((i+1)); ip addr add 10.9.$i.1/24 dev $(echo $l | cut -d: -f1) label $l; done',
      'ip link property add dev eth0 altname alt0',
    ],
    steps: [
      ...each('-s -a', 'alt0', '-s alt0', 'eth0:', 'alt0 10.1.1.1', 'alt0 mtu 1400'),
      'ip addr add 10.88.1.1/24 dev abcdefghijklmno label abcdefghijklm:1; ifconfig -s -a',
      ...each('abcdefghijklmno add 10.4.4.4', 'abcdefghijklmnopqrst mtu 1300', 'eth0'),
    ],
    state: false,
  });
  differential('addresses', {
    umbrella: false,
    setup: net,
    steps: set(
      'eth0 10.1.1.1',
      'eth0 172.20.1.1/20',
      'eth0 224.0.0.1',
      'eth0 240.0.0.1',
      'eth0 127.0.0.9',
      'eth0 0x0a010203',
      'eth0 010.1.2',
      'eth0 300.1.1.1',
      'eth0 10.1.1.1/33',
      'eth0 10.1.1.1/-1',
      'eth0 10.1.1.1/',
      'eth0 10.1.1.1/24x',
      'eth0 "10.2.2.3 "',
      'eth0 ""',
      'eth0 default',
      'eth0 192.168.3.4 netmask 255.255.0.0 broadcast 1.2.3.4',
      'eth0 netmask 255.0.0.0',
      'eth0 netmask 1.2.3.4',
      'eth0 netmask 255.0.0.0 netmask 255.0.0.0',
      'eth0 netmask 255.255.0.0 10.5.5.5/24',
      'eth0 10.5.5.5/24 netmask 255.255.0.0',
      'eth0 10.1.0.1 10.2.0.1',
      'eth0 down 10.7.7.7',
      'eth0 broadcast default',
      'eth0 broadcast',
      'eth0 pointopoint 10.9.0.2',
      'eth0 dstaddr 224.1.1.1',
      'eth0 dstaddr default',
      'eth0 broadcast 10.7.7.9',
      'eth0 10.0.0.1',
      'lo netmask 1',
    ),
  });
  differential('aliases', {
    umbrella: false,
    setup: net,
    steps: set(
      'eth0:5 10.0.0.9/28',
      'eth1:9- 10.8.0.9/28',
      'eth0:5 192.168.1.1',
      'eth0:5 10.0.0.9',
      'eth0:5 netmask 255.255.255.0 broadcast 10.0.0.77',
      'eth0:6 broadcast 10.0.0.77',
      'eth0:6 netmask 255.0.0.0',
      'eth0:6 down',
      'eth0:5 promisc mtu 1400',
      'eth0:5 -promisc',
      'eth0:5 hw ether 02:00:00:00:00:99',
      'eth0 add 10.1.0.1',
      'eth0 add 10.1.0.1',
      'eth0 add 10.2.0.2 add 10.3.0.3',
      'eth0 del 10.99.0.1',
      'eth0 del 10.1.0.1',
      'eth0 add 192.168.1.1',
      'eth0 add 224.0.0.1',
      'eth0 add default',
      'eth0 add 10.60.0.1/16',
      'nosuch add 10.1.1.1',
      'eth0:5 add 10.0.0.9',
      'eth0:5 add 10.6.6.6',
      'eth0:8 add 0.0.0.0',
      'lo add 127.0.0.2',
      'eth0 down',
      'eth0 add 10.5.0.1',
      'eth0:5 0.0.0.0',
      'eth0:9 0.0.0.0',
      'eth0 0.0.0.0',
    ),
  });
  differential('flags', {
    umbrella: false,
    setup: net,
    steps: [
      'up down',
      'promisc allmulti dynamic -arp -trailers',
      '-promisc -allmulti -dynamic arp trailers',
      '-multicast',
      'multicast -broadcast',
      'broadcast nosuch netmask nosuch netmask 255.0.0.0 arp up',
    ].flatMap(words => [`ifconfig eth0 ${words}`, 'ifconfig eth0', `${ip} link show eth0`]),
  });
  differential('other settings, and what is not there', {
    umbrella: false,
    setup: net,
    steps: each(
      'eth0 mtu 1400',
      'eth0 mtu 20 mtu 1300',
      '-v eth0 mtu abc',
      'eth0 metric 3',
      'eth0 hw ether 2:3:4',
      'eth0 hw ether zz',
      'eth0 hw arcnet 05',
      'eth0 hw loop 1 mtu 1301',
      'eth0 hw fddi 5:6',
      'lo hw ether 02:00:00:00:00:77',
      'eth0 media tape mtu 1303',
      'eth0 media auto',
      'eth0',
      'eth0 keepalive 3 outfill 4',
      'eth1 name eth0',
      'eth1 name ""',
      'eth1 name a/b',
      'eth1 name abcdefghijklmnopqrst',
      '-s',
    ).concat(
      ['up', '-promisc', 'mtu 1', 'name x', 'hw ether 0:0:0:0:0:1', '10.1.1.1/24', 'irq 1', 'media auto']
        .concat([
          'netmask 255.0.0.0',
          'broadcast 1.2.3.4',
          'dstaddr 1.2.3.4',
          'outfill 1',
          'add fd00::1/64',
          'tunnel ::1',
        ])
        .map(words => `ifconfig nosuch ${words}`),
    ),
  });
  differential('IPv6 addresses', {
    umbrella: false,
    setup: six,
    steps: [
      'add fd00:7::1/64',
      'add fd00:8::1',
      'inet6 add fd00:8::2/129',
      'add fd00:8::3/abc',
      'add fd00:7::1/48 mtu 1400',
      'add ff02::5/64',
      'add ::g',
      'del fd00:7::1/64',
      'del fd00:8::1/64',
      'tunnel ::1.2.3.4',
      'tunnel 1.2.3.4',
      'inet6 fd00::9',
      'inet6 up',
      'inet6 add 1.2.3.4',
      'inet6 netmask fd00::1',
      'inet6 dstaddr fd00::1',
      'unix 1.2.3.4',
      'ax25 x',
      'ax25 up',
      'inet',
    ].flatMap(words => [`ifconfig eth0 ${words}`, `${ip} -6 -o addr show dev eth0 | sort`]),
    ignore: [/scope \w+( tentative)?/],
    state: false,
  });
  differential('an IPv6 address in each scope', {
    umbrella: false,
    setup: six,
    steps: each('eth0 add fe80::5/64', 'eth0', 'eth1 add fec0::5/64', 'eth1', 'lo add ::ffff:1.2.3.4/96', 'lo').concat(
      'ip -6 addr del ::1/128 dev lo; ip -6 addr flush dev eth0; ifconfig eth0 add ::1.2.3.4/96; ifconfig eth0; ifconfig lo',
    ),
    ignore: [/dropped \d+/],
    stdout: 'sorted',
    state: false,
  });
  differential('a point-to-point link', {
    umbrella: false,
    setup: [
      ...net,
      'ip tuntap add tun0 mode tun; ip addr add 10.200.0.1 peer 10.200.0.2 dev tun0; ip link set tun0 up',
    ],
    opens: '/dev/net/tun',
    steps: each('tun0', 'tun0 10.201.0.1', 'tun0 dstaddr 10.201.0.9', 'tun0 netmask 255.255.0.0', 'tun0', '-s tun0'),
  });
  differential('without rights', {
    umbrella: false,
    setup: net,
    steps: [
      'eth0',
      'eth0 10.1.1.1/24',
      'eth0 192.168.1.1',
      'nosuch 10.1.1.1',
      'eth0 netmask 1.2.3.4',
      'eth0:1 down',
      'nosuch up',
      'nosuch mtu 5',
      'eth0 name ""',
      'nosuch hw ether 0:0:0:0:0:1',
      'eth0 add 192.168.1.1',
      'eth0 add fd00::1/64',
      'nosuch add fd00::1/64',
      'eth0 keepalive 1',
    ].map(words => `setpriv --bounding-set=-all ifconfig ${words}`),
  });
  differential('the status is that of the last failure, masks and flags are added to it', {
    umbrella: false,
    setup: net,
    steps: [
      ...'mtu 5,netmask 1.1.1.1,broadcast 1.1.1.1,dstaddr 1.1.1.1,pointopoint 1.1.1.1,name foo,hw ether zz'.split(','),
      ...'hw ether 0:0:0:0:0:1,media auto,media x,keepalive 1,add 10.1.1.1,add fd00::1,del fd00::1'.split(','),
      ...'add fd00::g,tunnel ::1,10.1.1.1,10.1.1.1/24 mtu 5,netmask a..,hw foo bar,hw unspec x,mtu 5 -promisc'.split(
        ',',
      ),
    ]
      .map(words => `ifconfig -v eth9 up ${words}`)
      .concat(each('eth9:1- up 10.1.1.1', 'eth0:3 up mtu 5', 'eth9 mtu 5 up', 'eth0:5 pointopoint 224.1.1.1 mtu 1')),
  });
  differential('families without sockets, and the addresses they have', {
    umbrella: false,
    setup: [...net, 'ip addr add 10.9.9.9/24 dev eth0 label eth0:1'],
    steps: each(
      ...['ash', 'unspec', 'ax25'].flatMap(family =>
        ['down', '-promisc', 'up', 'mtu 1400', 'name x', 'hw ether 02:00:00:00:00:55']
          .concat(['media auto', 'keepalive 1', 'add fd00::1/64', 'add 10.0.0.1', 'tunnel ::1', 'del fd00::1/64'])
          .map(words => `eth0 ${family} ${words}`),
      ),
      ...['ash down', 'ash -promisc', 'ash up', 'unspec arp', 'unspec -arp'].map(words => `eth0:1 ${words}`),
      ...['AB1CDE', 'AB1CDE-5', 'ab-x', 'toolongcall', 'a.b', '""'].map(word => `eth0 ax25 ${word}`),
      ...['1234567890', '123', '""'].map(word => `eth0 rose ${word}`),
      ...['12345', '1234567890123456', '1/5', '12345/5', '1/x', '""'].map(word => `eth0 x25 ${word}`),
      ...['x', '1:1', '1:020304050607', '0:020304050607', 'x:020304050607'].map(word => `eth0 ipx ${word}`),
      ...['x', '5x', '1.300', '.5', '-1'].map(word => `eth0 ec ${word}`),
      ...['ipx x', 'ec x', 'rose x', 'ax25 ...', 'ax25 AB', 'x25 1/5'].flatMap(words => {
        const [family, word] = words.split(' ');
        return ['netmask', 'broadcast', 'dstaddr', 'pointopoint'].map(setting => `eth0 ${family} ${setting} ${word}`);
      }),
      ...['ash x', 'ash 5', 'ax25 AB-x', 'ax25 ABCDEFG', 'netrom AB-16', 'x25 x'].map(words => `eth0 hw ${words}`),
    ),
  });
  differential('numbers too large', {
    umbrella: false,
    setup: net,
    steps: each(
      ...['99999999999999999999', '-99999999999999999999', '4294968696', '9223372036854775807', '" 1400x"'].map(
        number => `eth0 mtu ${number}`,
      ),
    ),
  });
  differential('names', {
    umbrella: false,
    setup: [
      ...net,
      'mount -t tmpfs tmpfs /mnt; printf "hosts: files\\nnetworks: files\\n" >/mnt/nsswitch',
      'printf "10.5.5.5 host.example.com host\\n255.255.0.0 wide\\nfd00::5 six\\n" >/mnt/hosts; printf "corp 172.16.0.0\\n" >/mnt/networks',
      'for f in hosts networks; do mount --bind /mnt/$f /etc/$f; done; mount --bind /mnt/nsswitch /etc/nsswitch.conf',
    ],
    steps: set(
      'eth0 host netmask wide',
      'eth0 corp',
      'eth0 add host',
      'eth0 nosuch',
      'eth0 netmask nosuch',
      'eth0 host/24',
      'eth0:1 10.9.9.9/24',
      'eth0:1 pointopoint corp',
      'eth0:1 pointopoint default',
      'eth0:1 dstaddr corp',
    ).concat(
      each(
        'eth0 inet6 six',
        'eth0 inet6 nosuch',
        'eth0 tunnel six',
        'eth0 broadcast up',
        'eth0 netmask ""',
        'eth0 ""',
        'eth0 inet6 ""',
        'eth0 add ""',
      ),
    ),
  });
});
