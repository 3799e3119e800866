import {describe} from 'vitest';
import {differential} from '../helpers/differential.js';
import {referencePath} from '../helpers/tools.js';

// Proxy entries of no device are in no case, and swept away before each: kernels show them in later namespaces, too.

const net = [
  'for c in all default lo; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done',
  'ip link set lo up',
  'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'ip link set eth0 up; ip link set eth1 up',
  'ip addr add 192.168.1.1/24 brd + dev eth0; ip addr add 10.0.0.1/24 brd + dev eth1',
  'ip neigh show proxy | while read address rest; do ip neigh del proxy $address; done',
];

/** Entries in every state; that of 192.168.1.7 is not shown. */
const entries = [
  ...net,
  ...['2 permanent', '3 reachable', '4 stale', '7 noarp'].map(one => {
    const [host, state] = one.split(' ');
    return `ip neigh add 192.168.1.${host} lladdr 02:00:00:00:00:99 dev eth0 nud ${state}`;
  }),
  'ip neigh add 192.168.1.5 dev eth0 nud failed; ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:94 dev eth1 router',
  'ip neigh add proxy 192.168.1.60 dev eth0; ip neigh add proxy 10.0.0.60 dev eth1',
];

/** The entries as the reference shows them: what is looked at, not what is tested. */
const look = `PATH=${referencePath}; ip -4 neigh | sort; ip -4 neigh show proxy | sort`;

const each = (...lines: string[]): string[] => lines.map(line => `arp ${line}`);
/** Changes, with the entries after each. */
const change = (...lines: string[]): string[] => lines.flatMap(line => [`arp ${line}`, look]);
/** Runs of `arp` with a file `ethers`, with the entries after each. */
const ethers = (text: string, ...options: string[]): string[] =>
  options.flatMap(option => [`printf '${text}' >ethers; arp ${option}`, look]);

describe('arp', () => {
  differential('shows', {
    setup: entries,
    steps: each('-n', '-an', '-e -n', '-nv', '-anv', '-n -i eth1', '-an -i eth1', '-n -H ether', '-n -A inet', '-nD'),
    stdout: 'sorted',
  });
  differential('shows one host', {
    umbrella: false,
    setup: entries,
    steps: ['2', '4', '5', '7', '60', '99']
      .flatMap(n => each(`-n 192.168.1.${n}`, `-an 192.168.1.${n}`))
      .concat(
        each(
          '-nv 192.168.1.2',
          '-n -i eth1 192.168.1.2',
          '-n -i nosuch',
          '-n -i eth',
          '-n -H ax25',
          '-ean 192.168.1.2',
          '-aen 192.168.1.99',
          '-aen -i lo',
        ),
      ),
  });
  differential('shows nothing', {
    umbrella: false,
    setup: net,
    steps: each(
      '',
      '-n',
      '-an',
      '-nv',
      '-anv',
      '-n -i eth0',
      '-n -H ether',
      '1.2.3.4',
      '-a 1.2.3.4',
      '-vn 1.2.3.4',
      '-N -n',
    ),
  });
  differential('options', {
    umbrella: false,
    setup: net,
    steps: each(
      '-Z',
      '-?',
      '--help',
      '-i',
      '--nosuch',
      '--d',
      '--v',
      '--s',
      '--h',
      '-4',
      '-n -H nosuch',
      '-H ppp',
      '-H unspec',
    ).concat(
      each('-A inet6', '-A nosuch', '-A inet,inet6', '-n ""', '-s', '-d', '-s 192.168.1.5', '-s -d 192.168.1.5'),
      each('--all', '--numeric --device=eth0', '--hw ether -n'),
    ),
  });
  differential('options: what cannot be done is told last', {
    umbrella: false,
    setup: net,
    steps: each(
      ...['-H ppp -V', '-A inet6 -V', '-H foo -V', '-A foo -V', '-H ppp -A inet6 -n', '-A inet6 -x', '-H ppp -h'],
      ...['-H ppp -H ether -n', '-A inet6 -A inet -n', '-A inet,inet6 -V', '-H tunnel -s', '-A inet6 -s', '-h -V'],
    ),
  });
  differential('only what a network of ours has, and no address without ARP', {
    umbrella: false,
    setup: [
      ...entries,
      'ip route add 10.50.0.0/16 via 192.168.1.9; ip route add 10.55.0.0/16 via 192.168.1.9; ip route add 10.54.0.0/15 dev eth1',
      'ip route add blackhole 10.59.0.0/24; ip route add unreachable 10.5.11.0/24; ip route add prohibit 10.58.0.0/24; ip route add throw 10.55.0.0/24',
      'ip tuntap add tun0 mode tun || true',
    ],
    opens: '/dev/net/tun',
    steps: change(
      ...['10.50.1.1', '10.55.1.1', '10.59.0.1', '10.5.11.1', '10.58.0.1', '10.55.0.1'].flatMap(host => [
        `-s ${host} 02:00:00:00:00:10`,
        `-d ${host}`,
      ]),
      ...['-d 192.168.1.7', '-d 192.168.1.7 dev eth0', '-v -Ds 192.168.1.9 eth0', '-v -Ds 192.168.1.9 lo pub'],
      ...['-Ds 192.168.1.10 tun0 pub', '-i eth9 -s 192.168.1.11 02:00:00:00:00:11 dev ""'],
    ).concat(
      ethers('192.168.1.43 02:00:00:00:00:43 dev eth1\\n192.168.1.44 02:00:00:00:00:44\\n', '-f ethers', '-vDf ethers'),
    ),
  });
  differential('sets', {
    umbrella: false,
    setup: net,
    steps: change(
      ...[
        '',
        ' temp',
        ' trail',
        ' auto',
        ' dontpub',
        ' foo',
        ' dev eth0',
        ' dev nosuch',
        ' dev',
        ' netmask',
        ' netmask zz',
      ]
        .concat([' netmask 255.255.255.0', ' netmask 255.255.255.255', ' pub', ' pub priv', ' pub dev eth1'])
        .map((words, i) => `-s 192.168.1.${i + 2} 02:00:00:00:00:55${words}`),
      '-v -i eth1 -s 9.9.9.9 02:00:00:00:00:55',
      '-s 9.9.9.9 02:00:00:00:00:55',
      '-s 192.168.1.30 02:00:00:00:00:02 pub',
      '-s 192.168.1.31 02:00:00:00:00:02 pub netmask 255.255.255.0',
      '-s 192.168.1.32 02:0',
      '-s 192.168.1.33 zz foo',
      '-s 192.168.1.1 02:00:00:00:00:55',
      '-s 127.0.0.1 02:00:00:00:00:55',
      '-s 224.0.0.1 02:00:00:00:00:55',
      '-s default 02:00:00:00:00:55',
      '-s 300.1.1.1 02:00:00:00:00:55',
      '-i lo -s 192.168.1.34 02:00:00:00:00:55',
      '-H arcnet -s 192.168.1.34 05',
      '-H ax25 -s 192.168.1.34 A*',
      '-Ds 192.168.1.40 eth1',
      '-Ds 192.168.1.41 eth1 pub',
      '-i eth1 -Ds 192.168.1.42 eth0 pub',
      '-Ds 192.168.1.43 lo',
      '-Ds 192.168.1.43 nosuch',
      '-Ds 192.168.1.44 eth0:1',
      '-Ds 192.168.1.45',
    ),
  });
  differential('deletes', {
    umbrella: false,
    setup: [...entries, 'ip neigh add 172.16.0.9 lladdr 02:00:00:00:00:99 dev eth1'],
    steps: change(
      '-d 192.168.1.2',
      '-v -d 192.168.1.2',
      '-d 192.168.1.4 foo',
      '-d 192.168.1.4 netmask 255.255.255.0',
      '-d 192.168.1.4 dontpub',
      '-d 192.168.1.4 priv',
      '-v -d 192.168.1.4 priv',
      '-d 192.168.1.5 temp',
      '-d 192.168.1.60 pub',
      '-v -d 192.168.1.60 dev eth0 pub',
      '-i eth1 -d 10.0.0.60',
      '-i eth0 -d 10.0.0.3',
      '-d 10.0.0.3 auto',
      '-d 172.16.0.9',
      '-i eth1 -d 172.16.0.9',
      '-i nosuch -d 192.168.1.3',
      '-d 192.168.1.1',
      '-d 300.1.1.1',
    ),
  });
  differential('files', {
    umbrella: false,
    setup: net,
    steps: [
      ...ethers(
        '192.168.1.7 02:00:00:00:00:57\\n# comment\\n02:00:00:00:00:58 192.168.1.8\\n',
        '-f ethers',
        '-v -f ethers',
      ),
      ...ethers(
        '192.168.1.7\\n192.168.1.9 zz\\n192.168.1.10 02:00:00:00:00:5a pub\\n\\n \\n #x\\n\\t192.168.1.11  02:00:00:00:00:5b temp\\n9.9.9.9 02:00:00:00:00:5e\\n192.168.1.14 02:00:00:00:00:60',
        '-f ethers',
        '-v -f ethers',
        '-i eth0 -f ethers',
      ),
      ...ethers('192.168.1.7 02:00:00:00:00:57 foo\\n192.168.1.8 02:00:00:00:00:58\\n', '-f ethers'),
      ...ethers('192.168.1.17 eth1\\n192.168.1.18 eth0 pub\\neth1 192.168.1.7\\n', '-D -f ethers'),
      ...each('-f nosuch', '-f ""', '-f /tmp', '-s -f nosuch', '-H ppp -f nosuch'),
    ],
  });
  differential('without rights', {
    umbrella: false,
    setup: entries,
    steps: ['-n 192.168.1.2', '-s 9.9.9.9 02:00:00:00:00:05', '-i nosuch -s 192.168.1.6 02:00:00:00:00:05']
      .concat([
        '-s 192.168.1.6 02:00:00:00:00:05 pub',
        '-d 192.168.1.2',
        '-d 192.168.1.99',
        '-d 9.9.9.9',
        '-d 9.9.9.9 pub',
      ])
      .map(words => `setpriv --bounding-set=-all arp ${words}`),
  });
  differential('names', {
    umbrella: false,
    setup: [
      ...net,
      'mount -t tmpfs tmpfs /mnt; printf "hosts: files\\nnetworks: files\\n" >/mnt/nsswitch',
      'printf "192.168.1.2 short\\n192.168.1.3 a.very.long.host.name.example.org\\n1.2.3.4 none\\n" >/mnt/hosts; printf "corp 192.168.1.3\\n" >/mnt/networks',
      'for f in hosts networks; do mount --bind /mnt/$f /etc/$f; done; mount --bind /mnt/nsswitch /etc/nsswitch.conf',
      'for i in 2 3 4; do ip neigh add 192.168.1.$i lladdr 02:00:00:00:00:99 dev eth0; done',
    ],
    steps: each(
      '',
      '-a',
      'short',
      '-a short',
      '-n short',
      'corp',
      'none',
      'nosuch',
      '-s short 02:00:00:00:00:55',
      '-d none',
    ).concat(each('-d corp', '-d short', '-s nosuch 02:00:00:00:00:55')),
    stdout: 'sorted',
  });
});
