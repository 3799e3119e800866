import {describe} from 'vitest';
import {differential} from '../helpers/differential.js';

/** A veth pair without link-local addresses, which would be tentative for a while. */
const pair = [
  'ip link set lo up',
  'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'ip link set eth0 addrgenmode none; ip link set eth1 addrgenmode none',
  'ip link set eth0 up; ip link set eth1 up',
];

/** Addresses of every sort. */
const many = [
  ...pair,
  'ip addr add 192.168.1.1/24 brd + metric 6 dev eth0; ip addr add 192.168.1.2/24 dev eth0',
  'ip addr add 10.9.0.1 peer 10.9.0.2 dev eth0 label eth0:x; ip addr add 224.0.0.5/32 dev eth0 autojoin noprefixroute',
  'ip addr add fd00:1::1/64 nodad metric 9 dev eth0; ip addr add fd00:2::1 peer fd00:2::2 nodad dev eth1',
  'ip addr add 10.0.0.1/8 valid_lft 500000 preferred_lft 0 dev eth1; ip link set eth1 group 7',
  'ip link add br0 address 02:00:00:00:00:10 type bridge; ip link add t0 address 02:00:00:00:00:20 type veth peer name t1 address 02:00:00:00:00:21',
  'ip link set t0 master br0; ip addr add 10.77.0.1/16 dev t0 scope link',
  "ip link property add dev eth0 altname anothername; ip link set eth0 alias 'foo \"bar\\'",
];

const ages = [/valid_lft \d{3,}sec/, /"valid_life_time": ?[1-5]\d{5}\b/];

/** The same words with each of the output options. */
const each = (options: readonly string[], words: string): string[] => options.map(option => `ip ${option} ${words}`);

describe('show', () => {
  differential('every output form', {
    setup: many,
    ignore: ages,
    steps: each(
      ['', '-o', '-br', '-j', '-j -p', '-d', '-d -j', '-c', '-c -o', '-c -br', '-N', '-o -br', '-o -j', '-br -j', '-p'],
      'addr',
    ),
  });
  differential('every family', {
    setup: many,
    ignore: ages,
    steps: ['-4', '-6', '-0', '-B', '-M'].flatMap(f =>
      each(
        ['', '-j', '-o', '-br', '-d'].map(o => `${f} ${o}`),
        'addr',
      ),
    ),
  });
  differential('dark background', {
    setup: many,
    ignore: ages,
    env: {COLORFGBG: '15;0', NO_COLOR: '1'},
    steps: each(['-c', '-c=always -br', '-c=auto', '-c=never', '-c -6'], 'addr'),
  });
  differential('selections', {
    setup: many,
    ignore: ages,
    steps: [
      'up',
      'dynamic',
      'permanent',
      'primary',
      'secondary',
      '-secondary',
      'deprecated',
      '-deprecated',
      'tentative',
      'nodad',
      'autojoin',
      'noprefixroute',
      '-dynamic',
      'home nodad',
      'permanent dynamic',
      'scope link',
      'scope all',
      'scope 0',
      'to 10.0.0.0/7',
      'to 10.9.0.1',
      'to 10.9.0.2',
      'to fd00:1::/32',
      'to any',
      'to 0/0',
      "label 'eth*'",
      "label '*:*'",
      'label eth0',
      'group 7',
      'group default',
      'type veth',
      'type bridge',
      'type bridge_slave',
      'type nosuch',
      'master br0',
      'nomaster',
      'dev eth0',
      'eth0 secondary',
      'dev anothername',
      'dev t0 master br0',
      'dev t0 group 9',
      'dev eth0 type bridge',
      "dev eth0 label '*x'",
      'dev eth0 scope site',
      'dev t0 up',
    ].map(words => `ip addr show ${words}`),
  });
  differential('selections in JSON, brief and on one line', {
    setup: many,
    ignore: ages,
    steps: [
      'up',
      'secondary',
      "label 'eth*'",
      'scope link',
      'group 7',
      'type veth',
      'to 10.0.0.0/7',
      'dev t0 up',
      'dev eth0 home',
    ].flatMap(words => each(['-j', '-br', '-o', '-j -o', '-j -br', '-0', '-6', '-4 -j'], `addr show ${words}`)),
  });
  differential('counters', {
    setup: [
      'for c in all default lo; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done',
      ...pair.slice(0, 2),
      'ip link set eth0 up; ip link set eth1 up; ip addr add 10.0.0.1/24 dev eth0',
    ],
    steps: each(['-s', '-s -s', '-s -j', '-s -4', '-s -0', '-s -o', '-s -br', '-s -d -h'], 'addr'),
  });
  differential('what is refused', {
    setup: pair,
    steps: [
      'foo bar',
      'eth0 eth1',
      'dev',
      "dev ''",
      'dev nosuch',
      'dev if77',
      'scope',
      'scope foo',
      'scope 300',
      'to foo',
      'group foo',
      'group -1',
      'master nosuch',
      'vrf eth0',
      'dev eth0 down',
      'help',
      'h',
      'to fd00::/8 to 10/8',
      'proto 4',
    ].map(words => `ip addr show ${words}`),
  });
  differential('odd names and labels in JSON', {
    setup: [
      ...pair,
      "ip addr add 10.0.0.1/24 dev eth0 label 'a\"b\\c'; ip addr add 10.0.1.1/24 dev eth0 label \"$(printf 'e\\001\\t\\303\\251\\377')\"",
    ],
    steps: each(['-j', '-j -p', '', '-o'], 'addr show eth0'),
  });
});

describe('change', () => {
  differential('add', {
    setup: pair,
    ignore: ages,
    steps: [
      '192.168.1.1/24 dev eth0',
      '192.168.7.7 dev eth0',
      '10.1.2.3/16 brd - dev eth0',
      '10.2.2.3/30 brd + dev eth0',
      '10.3.2.3/31 brd + dev eth0',
      '10.4.0.1 peer 10.4.0.2/24 brd + dev eth0',
      '127.0.0.5/8 dev lo',
      '10.5/16 dev eth0',
      'dev eth0 label eth0:x 10.6.0.1/24 scope link metric 7',
      '10.7.0.1/24 dev eth0 valid_lft 600000 preferred_lft 300',
      'fd00::1/64 dev eth0 nodad home',
      'fd00::2/64 nodad mngtmpaddr noprefixroute dev eth0',
      '10.8.0.1/24 dev eth0 nodad',
      'fd00::3 peer fd00::4/128 nodad dev eth0',
      '224.0.0.9/32 dev eth0 autojoin',
      '10.9.0.1/24 any 10.9.0.9 dev eth0',
      '10.0.0.1/24 dev eth0 dev eth1',
      '10.10.0.1/24 remote 10.10.0.2 dev eth0',
      'fd00::5/64 dev eth0 brd fd00::9 nodad',
    ].map(words => `ip addr add ${words}`),
  });
  differential('what is refused', {
    setup: [...pair, 'ip addr add 10.0.0.1/24 dev eth0'],
    steps: [
      'add',
      'add 10.0.0.1/24',
      'add dev eth0',
      'add 10.0.0.1/24 dev eth0',
      'add 10.0.0.1/24 dev nosuch',
      'add hello dev eth0',
      'add 10.0.0.256/24 dev eth0',
      'add 10.0.0.1/33 dev eth0',
      'add 10.0.0.1/24 10.0.0.2/24',
      'add 10.0.0.1/24 dev',
      'add 10.0.0.1/24 colour red',
      'add 10.0.0.1/24 peer 10.0.0.2 peer 10.0.0.3',
      'add 10.0.0.1/24 peer fd00::1',
      'add fd00::1/64 brd + dev eth0',
      'add 10.0.0.1/24 brd + brd +',
      'add 10.0.0.1/24 scope foo',
      'add 10.0.0.1/24 metric x',
      'add 10.0.0.1/24 valid_lft x',
      'add 10.0.0.1/24 dev eth0 valid_lft 0',
      'add 10.0.0.1/24 dev eth0 valid_lft 5',
      'add 10.0.0.1/24 valid_lft 5 valid_lft 6',
      'add 10.0.0.1/24 dev eth0 autojoin',
      'add 10.0.0.1/24 nodad foo',
      'add 10.0.0.5/24 dev eth0 label eth0:abcdefghijklmnop',
      'add help',
      'del',
      'del dev eth0',
      'del 10.0.0.9/24 dev eth0',
      'del 10.0.0.9/24',
      'change dev eth0',
      'x',
      'showdumpx',
    ].map(words => `ip addr ${words}`),
  });
  differential('del, change, replace', {
    setup: many,
    ignore: ages,
    steps: [
      'ip addr del 192.168.1.2 dev eth0',
      'ip addr del 10.9.0.1 peer 10.9.0.2 dev eth0',
      'ip addr del fd00:1::1/64 dev eth0',
      'ip addr change 192.168.1.1/24 dev eth0 valid_lft 500000 preferred_lft 400000',
      'ip addr replace 192.168.1.1/24 dev eth0',
      'ip addr replace 10.20.0.1/24 dev eth0 noprefixroute',
      'ip addr change 10.21.0.1/24 dev eth0',
      'ip -j addr show dev eth0',
    ],
  });
  differential('echo', {
    setup: pair,
    steps: [
      'ip -echo addr add 10.0.0.1/24 dev eth0',
      'ip -echo -o addr add 10.0.0.2/24 dev eth0',
      'ip -echo -j addr add 10.0.0.3/24 dev eth0',
      'ip -echo -j -p addr del 10.0.0.3/24 dev eth0',
      'ip -echo -br addr del 10.0.0.2/24 dev eth0',
      'ip -echo -j addr add fd00::1/64 dev eth0 nodad',
      'ip -echo addr add 10.0.0.1/24 dev eth0',
    ],
  });
  differential('in a batch', {
    setup: pair,
    steps: [
      "printf 'addr add 10.1.0.1/24 dev eth0\\naddr add 10.1.0.2/24 dev eth0\\naddr show dev eth0\\naddr del 10.1.0.2/24 dev eth0\\naddr add 10.1.0.1/24 dev eth0\\naddr show dev eth0\\n' | ip -batch -",
      "printf 'addr show dev nosuch\\naddr add 10.0.0.1/24\\naddr flush\\naddr flush dev eth0\\naddr add 10.99.0.1/24 dev eth0\\n-4 addr show\\n' | ip -force -batch -",
      "printf 'addr add 10.1.0.1/99 dev eth0\\naddr show dev eth0\\n' | ip -batch -",
      "printf 'addr show dev lo\\naddr show up\\n' | ip -j -batch -",
    ],
  });
  differential('flush', {
    setup: many,
    ignore: ages,
    steps: [
      'ip addr flush',
      'ip -4 addr flush',
      'ip -0 addr flush dev eth0',
      'ip addr flush dev nosuch',
      'ip addr flush dev if77',
      'ip -s addr flush dev eth0 secondary',
      "ip -s -s addr flush label '*:x'",
      'ip -s -s -o addr flush to 224.0.0.0/4',
      'ip -s addr flush dev eth1 scope site',
      'ip -s -loops 1 addr flush dev eth1',
      'ip -s addr flush dev eth0',
      'ip addr flush dev eth0',
      'ip addr flush scope link',
      'ip addr',
    ],
  });
  differential('save, restore, showdump', {
    setup: many,
    ignore: ages,
    steps: [
      'ip addr save dev eth0 > a.bin; wc -c < a.bin; od -An -tx1 -N4 a.bin',
      'ip addr showdump < a.bin',
      'ip -j addr showdump < a.bin',
      'ip -o addr showdump < a.bin',
      'ip addr restore < a.bin',
      'ip addr flush dev eth0; ip addr restore < a.bin',
      'ip addr',
      'echo xx | ip addr restore',
      'echo xxxxxxxxxxxx | ip addr showdump',
      'head -c 100 a.bin | ip addr showdump',
      '(head -c 4 a.bin; head -c 100 /dev/zero) | ip addr showdump',
      'ip addr save dev nosuch',
    ],
  });
  // A saved file: its magic number, then RTM_NEWADDR of MCTP, the same with all addresses, of Phonet, and without any.
  const octal = (hex: string): string =>
    hex.replace(/../g, byte => `\\${parseInt(byte, 16).toString(8).padStart(3, '0')}`);
  differential('addresses of other families', {
    setup: [
      `printf '${[
        '22123647',
        '200000001400020001000000010000002d008000010000000500020009000000',
        '380000001400020001000000010000002d088000010000000500010008000000050002000900000005000400010000000500050001000000',
        '2000000014000200010000000100000023008000010000000500010064000000',
        '180000001400020001000000010000002d08800001000000',
      ]
        .map(octal)
        .join('')}' > other.bin`,
    ],
    steps: each(['', '-j', '-o', '-br', '-br -j', '-c=always', '-r'], 'addr showdump < other.bin'),
  });
});
