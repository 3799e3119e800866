import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const lines = (object: string, words: readonly string[]): string[] => words.map(word => `ip ${object} ${word}`);
const inEachForm = (command: string, forms = ['', '-j ', '-j -p ', '-o ', '-c ']): string[] =>
  forms.map(form => `ip ${form}${command}`);

describe('addrlabel', () => {
  differential('labels come and go', {
    setup: fixtures.up,
    steps: [
      ...lines('addrlabel', [
        'add prefix 2001:db8::/32 label 99',
        'add prefix 2001:db8::/32 label 99 ignored',
        'add prefix 2001:db8:1::1/48 dev eth0 label 0x10',
        'add prefix any label 5',
        'add prefix 2001:db8:2::/48 dev eth0:x label 6',
        'del prefix 2001:db8::/32',
        'del prefix 2001:db8::/32 label 99',
        'd prefix 2001:db8::/32 label 99',
      ]),
      ...inEachForm('addrlabel'),
      'ip addrlabel flush',
      'ip -j addrlabel s',
    ],
  });
  differential('mistakes', {
    setup: fixtures.up,
    steps: [
      ...lines('addrlabel', [
        'add',
        'add prefix',
        'add prefix 2001:db8::/32',
        'add prefix 2001:db8::/32 label 4294967295',
        'add prefix 10.0.0.0/8 label 5',
        'add prefix 2001:db8::/32 dev nosuch label 5',
        'add dev lo:x label BAD',
        'list eth0',
        'flush eth0',
        'bogus',
        'help',
      ]),
      'ip -4 addrlabel',
      'ip -4 addrlabel flush',
    ],
  });
});

differential('token', {
  setup: [
    ...fixtures.up,
    'cd /proc/sys/net/ipv6/conf/eth0; echo 1 > accept_ra; echo 0 > forwarding; echo 1 > router_solicitations',
  ],
  steps: [
    'ip token set ::5 dev eth0',
    ...inEachForm('token'),
    ...lines('token', [
      'get dev eth1 dev nosuch',
      'get eth0',
      'set dev eth0 ::7 ::8 dev nosuch',
      'list dev eth0',
      'del dev eth0',
      'set',
      'set ::1',
      'set ::1 dev nosuch',
      'set 1.2.3.4 dev eth0',
      'set any dev eth0',
      'set ::1 dev lo',
      'set ::1 dev eth1 help',
      'del',
      'bogus',
    ]),
  ],
  state: false,
});

/** A TCP connection over the loopback device that has sent something, and is closed. */
const connection = (host: string): string =>
  `python3 -c "import socket as S; f = S.AF_INET6 if ':' in '${host}' else S.AF_INET; s = S.create_server(('${host}', 0), family=f); c = S.create_connection(s.getsockname()[:2]); a = s.accept()[0]; [(c.send(bytes(5000)), a.recv(5000), a.send(bytes(5000)), c.recv(5000)) for i in range(20)]; c.close(); a.close()"`;

describe('tcp_metrics', () => {
  const setup = ['ip link set lo up', connection('127.0.0.1'), connection('::1')];
  const numbers = [/age [\d.]+sec/g, /(cwnd|rtt|rttvar) \d+/g, /"(age|cwnd|rtt|rttvar)":\s*[\d.e-]+/g];
  differential('show', {
    setup,
    steps: [
      ...inEachForm('-4 tcp_metrics'),
      ...lines('tcp_metrics', [
        'show 127.0.0.1',
        'show 127.0.0.0/8',
        'show 10.0.0.0/8',
        'show source ::1',
        'show src 127.0.0.1 ignored address 127.0.0.1',
        'show ::1 source ::1',
        'show source ::1 ::1 source ::1',
        'show 10.0.0.1',
        'show nosuch',
        'show source 127.0.0.0/8',
        'show source',
        'bogus',
      ]),
      'ip -j tcp_metrics show 127.0.0.1',
      'ip -0 tcp_metrics',
      'ip -0 tcp_metrics any',
      'ip -6 tcpmetrics show 127.0.0.1',
    ],
    ignore: numbers,
  });
  differential('delete and flush', {
    setup,
    steps: [
      ...lines('tcp_metrics', [
        'delete',
        'delete 127.0.0.0/8',
        'delete 127.0.0.1 ignored source 127.0.0.9',
        'delete 127.0.0.1',
        'delete 127.0.0.1',
        'flush 10.0.0.0/8',
        'flush source 127.0.0.1',
      ]),
      'ip -s -s -6 tcp_metrics flush',
      'ip tcp_metrics flush',
      'ip tcp_metrics',
    ],
    // The kernel keeps them in a hash with a secret of its own.
    stdout: 'sorted',
    ignore: numbers,
  });
});

differential('mroute without a daemon', {
  setup: fixtures.up,
  steps: [
    'ip -6 mroute',
    'ip -j mroute',
    'ip -0 mroute show bogus',
    'ip -4 mroute show 239.1.1.1',
    ...lines('mroute', [
      'show any from default table all iif eth0',
      'show table 5',
      'show t nosuch',
      'show iif nosuch',
      'show from 10.0.0.1',
      'show help',
      'add',
    ]),
  ],
});

describe('stats', () => {
  const quiet = 'for c in all default lo; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done';
  const setup = [
    quiet,
    'ip link add br0 address 02:00:00:00:00:10 type bridge',
    'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
    'ip link set eth0 master br0; ip link set lo up',
    connection('127.0.0.1'),
  ];
  differential('show', {
    setup,
    steps: [
      'ip stats show group link group afstats',
      'ip stats set dev eth0 l3_stats on',
      ...inEachForm('stats show dev eth0', ['', '-j ', '-j -p ', '-o ', '-c ', '-s ', '-d ']),
      'ip -s -h stats show dev lo group link',
      'ip stats show group xstats subgroup bridge suite stp subgroup bond dev br0',
      'ip stats show dev eth0 group offload subgroup cpu_hit group xstats_slave',
      'ip -j stats show group offload subgroup hw_stats_info',
      'ip -j stats show dev nosuch',
    ],
  });
  differential('mistakes', {
    setup: fixtures.up,
    steps: lines('stats', [
      'show dev nosuch',
      'show dev lo group nosuch',
      'show group xstats subgroup nosuch',
      'show group xstats subgroup bridge suite nosuch',
      'show subgroup x',
      'show suite x',
      'show group suite link',
      'show group suite',
      'show group subgroup x',
      'show group xstats suite x',
      'show group link subgroup x',
      'show group offload subgroup l3_stats suite x',
      'show dev lo dev eth0',
      'show lo',
      'set',
      'set dev lo',
      'set dev lo l3_stats maybe',
      'set dev lo l3_stats on l3_stats off',
      // All words are read before any is looked up, but for names that a further one replaces.
      'show dev nosuch -',
      'show dev nosuch group nosuch',
      'show dev nosuch group nosuch help',
      'show dev a/b -',
      'show group 255 -',
      'show group 255 subgroup x subgroup',
      'show group 255 subgroup x subgroup y -',
      'show group link subgroup',
      "show group link subgroup ''",
      'set dev nosuch',
      'set dev nosuch l3_s',
      'set l3_stats on l3_stats',
      'set l3 on',
      'help',
      'h',
      'sho',
    ]),
  });
});

describe('tunnel, where the kernel may have no such device', () => {
  const setup = fixtures.up;
  differential('IPv4', {
    setup,
    steps: [
      'ip -j tunnel',
      'ip tunl show t9',
      ...lines('tunnel', [
        'show mode gre',
        'add t0 mode ipip remote 10.0.0.9 local 10.0.0.1',
        'add t0 mode gre key x',
        'add t0 mode gre key 1.2.3.400',
        'add t0 key 5',
        'add t0 mode gre ttl 256',
        'add t0 mode gre ttl 5 nopmtudisc',
        'add t0 mode sit tos inherit/zz',
        'add t0 mode sit tos zz/4',
        'add t0 mode sit tos 10/zz key 5',
        'add t0 mode gre remote 224.1.1.1',
        'add t0 mode gre dev nosuch',
        'add t0 local 10.0.0.1',
        'add a/b mode gre',
        'add t0 t1',
        'change nosuch ttl 5',
        'change eth0 ttl 5',
        'change ttl 5 eth0',
        'del t0',
        'del eth0',
        'add gre5 key 5',
        'add isatap0',
        'show vti5',
        'add name help',
        'add help',
        'change name h x',
        'prl',
        'prl dev eth0',
        'prl dev eth0 prl-default 10.0.0.5',
        'prl dev eth0 prl-delete 1.2.3.4 prl-default 1.2.3.4',
        'prl prl-delete 1.2.3.4 prl-default x',
        'prl dev eth0 bogus',
        '6rd dev eth0 6rd-reset',
        '6rd dev eth0 6rd-prefix 10.0.0.0/8',
        '6rd dev eth0 bogus',
        'bogus',
        'help',
      ]),
    ],
  });
  differential('IPv6', {
    setup,
    steps: [
      'ip -0 tunnel',
      'ip tunnel add t0 mode vti6',
      ...lines('-6 tunnel', [
        '',
        'show t9',
        'show eth0',
        'add t0 mode ip6ip6 local fd00:1::1 remote fd00:2::9 hoplimit 12',
        'add t0 mode gre',
        'add t0 hoplimit inherit',
        'add t0 tclass zz',
        'add t0 flowlabel 0x100000',
        'add t0 dscp 5',
        'add t0 remote 10.0.0.1',
        'add mode ip6gre',
        'change nosuch hoplimit 3',
        'del',
        'prl',
      ]),
    ],
  });
});
