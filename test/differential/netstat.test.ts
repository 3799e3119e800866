import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const holder = (file: string): string =>
  `rm -f ready; '${process.execPath}' '${import.meta.dirname}/${file}' & ` +
  'for i in $(seq 200); do [ -e ready ] && exit; sleep 0.05; done; exit 1';

/** A TCP or UDP socket in each state. */
const sockets = [
  'ip link set lo up',
  'ip link add eth0 type veth peer name eth1; ip link set eth0 up; ip link set eth1 up',
  'ip addr add 192.168.1.1/24 dev eth0; ip addr add fe80::1/64 nodad dev eth0; ip neigh add 192.168.1.99 lladdr 02:00:00:00:00:99 dev eth0',
  holder('sockets.hold.mjs'),
];

/** Names from files only: long ones, and numbers that have several. */
const names = [
  'mount -t tmpfs tmpfs /mnt; printf "hosts: files\\nservices: files\\nprotocols: files\\npasswd: files\\n" >/mnt/nsswitch.conf',
  'printf "127.0.0.1 localhost\\n::1 six\\n192.168.1.1 me.example.org\\n192.168.1.99 a-rather-long-host-name.example.org\\nfe80::1 linklocal\\n::ffff:127.0.0.1 mapped\\n" >/mnt/hosts',
  'printf "first 8001/tcp\\nsecond 8001/tcp\\nlong-service-name-0123456789 8443/tcp\\nservice-exactly-18 40002/tcp\\nupper 81/TCP\\nudpname 69/udp\\n" >/mnt/services',
  'printf "icmp 1 ICMP\\nfoo 89 FOO\\nbar 89 BAR\\nipv6-icmp 58 X\\n" >/mnt/protocols',
  'printf "a-user-with-a-long-name:x:0:0::/:/bin/sh\\n" >/mnt/passwd',
  'for f in nsswitch.conf hosts services protocols passwd; do mount --bind /mnt/$f /etc/$f; done',
];

/**
 * Both tools in one namespace: the order of a dump differs between namespaces. What ticks is blanked, and when something
 * happened between two runs of the reference all is done again.
 */
const same = (...lines: string[]): string[] =>
  lines.map(
    line =>
      `for i in 1 2 3 4 5; do /usr/bin/netstat ${line} >ref 2>ref.err; r=$?; netstat ${line} >got 2>got.err; g=$?; ` +
      `/usr/bin/netstat ${line} >ref2 2>&1; ` +
      "sed -Ei '/SYN_SENT/s/\\([0-9.]+\\/[0-9]+/(~/; s/\\([0-9.]+\\//(~\\//' ref got ref2; " +
      'cat ref.err ref | cmp -s - ref2 && break; done; ' +
      'diff ref got; diff ref.err got.err; echo $r $g; [ -s got ] && echo listed; rm -f ref* got*',
  );

const shared = {state: false, umbrella: false};

describe('inet sockets', () => {
  differential('tables, states, families', {
    ...shared,
    setup: sockets,
    steps: same(
      '-tan',
      '-uan',
      '-n',
      '-tn',
      '-un',
      '-ln',
      '-lntu',
      '-l -a -n',
      '-6an',
      '-4n',
      '-46tn',
      '-tn -A inet6',
      '-Unl',
    ),
  });
  differential('columns', {
    ...shared,
    setup: sockets,
    steps: same('-tane', '-tanee', '-uaneo', '-tano', '-anW', '-tnoW'),
  });
  differential('names', {
    ...shared,
    setup: [...sockets, ...names],
    steps: same(
      '-a',
      '-aW',
      '-ae',
      '-ta --numeric-hosts',
      '-ta --numeric-ports',
      '-tae --numeric-users',
      '-taN',
      '-t6',
      '-taW6',
    ),
  });
  differential('half-open connections, raw and UNIX sockets', {
    ...shared,
    setup: ['ip link set lo up', holder('netstat.hold.mjs'), ...names],
    steps: same('-tan', '-tanoe', '-taneo', '-wan', '-wa', '-wl', '-w'),
  });
  differential('owners', {
    ...shared,
    // In a process namespace of their own: the reference is slow where other processes have many sockets.
    setup: [
      ...sockets.slice(0, -1),
      `cat >owners.sh <<'END'\n( ${holder('sockets.hold.mjs')} )\n${same('-tanp', '-uanp', '-ltnpo', '-tanpeW', '-anp').join('\n')}\nEND`,
    ],
    steps: ['unshare --pid --fork --mount-proc --kill-child sh owners.sh'],
  });
});

describe('UNIX sockets', () => {
  differential('tables', {
    ...shared,
    setup: ['ip link set lo up', holder('netstat.hold.mjs')],
    steps: same('-xan', '-x', '-xl', '-xe', '-xaW', '--unix -l', '-A unix'),
  });
});

describe('options', () => {
  differential('wrong ones, help and version', {
    ...shared,
    steps: [
      ...'bkmqyzBDEGHIJKLOPQRTXY0135789'.split('').map(letter => `-n${letter}`),
      ...'a t u s p v l c in i n r ro un numeric- bogus econet json=1 route=1'.split(' ').map(word => `--${word}`),
      ...['-h', '-V', '-?', '-A', '-A bogus', '-A inet,bogus', '-A ""', '-ri', '-rr', '-sM', '-is', '-Z', '-ZV', '-hV'],
      ...['--tcpip -V', '-A netlink', '-- -h', 'extra -V'],
    ].map(options => `netstat ${options}`),
  });
  differential('families without sockets or routes', {
    ...shared,
    setup: ['ip link set lo up'],
    steps: [
      ...'ax25 netrom rose ipx ddp appletalk x25 unix bluetooth econet ash'
        .split(' ')
        .flatMap(name => [`-tn -A ${name}`, `-rn -A ${name}`, `-s -A ${name}`]),
      ...[
        '-S',
        '-Su',
        '-S6u',
        '-2',
        '-f',
        '-M',
        '-tv',
        '-av',
        '-lv',
        '-4v',
        '--rose --x25',
        '-t --bluetooth',
        '-rn -A inet,rose',
        '-rn4x',
      ],
    ].map(options => `netstat ${options}`),
  });
});

describe('interfaces', () => {
  differential('as ifconfig shows them', {
    ...shared,
    setup: [
      'for c in all default lo; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done; ip link set lo up',
      'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02; ip link add br0 address 02:00:00:00:00:03 type bridge',
      'ip addr add 10.0.0.1/24 dev eth0; ip addr add 10.0.1.2/24 dev eth1 label eth1:x; ip addr add 1.2.3.4/32 dev lo label lo:a',
    ],
    steps: [
      ...['-i', '-ia', '-ie', '-iea', '-inW', '--interfaces --all', '-i lo', '-it6', '-ig', '-I', '-Ilo'].map(
        words => `netstat ${words}`,
      ),
      // A label whose link has another name now.
      'ip link set eth1 name zz1; netstat -ia',
      'timeout 1.5 netstat -ic | uniq -c | head -2',
    ],
  });
});

describe('groups', () => {
  differential('of all interfaces, by number and name', {
    ...shared,
    setup: [
      ...fixtures.net,
      ...names,
      'ip maddr add 33:33:00:00:00:05 dev eth0',
      'echo "224.0.0.1 all.mcast.net" >>/mnt/hosts',
    ],
    stdout: 'sorted',
    steps: ['-g', '-gn', '-gn4', '-gn6', '-gn -A inet6', '-gW', '-gx', '-gr', '--groups --numeric-hosts'].map(
      options => `netstat ${options}`,
    ),
  });
});

describe('statistics', () => {
  /** The kernel's own names with made-up values: all zero, all one, and each its own. */
  const files = [
    'mkdir z o u',
    "for f in snmp netstat; do awk 'NR % 2 { print; next } { for (i = 2; i <= NF; i++) $i = 0 } 1' /proc/net/$f >z/$f; done",
    "for f in snmp netstat; do awk 'NR % 2 { print; next } { for (i = 2; i <= NF; i++) $i = 1 } 1' /proc/net/$f >o/$f; done",
    "for f in snmp netstat; do awk 'NR % 2 { print; next } { for (i = 2; i <= NF; i++) $i = NR * 1000003 + i } 1' /proc/net/$f >u/$f; done",
    "awk '{ print $1, 0 }' /proc/net/snmp6 >z/snmp6; awk '{ print $1, 1 }' /proc/net/snmp6 >o/snmp6; awk '{ print $1, NR * 65537 }' /proc/net/snmp6 >u/snmp6",
    'mkdir z/sctp o/sctp; for n in CurrEstab ActiveEstabs Aborteds ReasmUsrMsgs InSCTPPacks T1InitExpireds InPktDiscards; do echo Sctp$n 0 >>z/sctp/snmp; echo Sctp$n 1 >>o/sctp/snmp; done',
    // Counters of older kernels, values that do not fit, a section nobody knows in the middle of a histogram.
    'mkdir x; printf "Icmp: InEchos Other InMsgs OutEchos\\nIcmp: 0 1 2 3\\nNew: A B\\nNew: -1 18446744073709551616\\nIcmpMsg: InType3\\nIcmpMsg: 4\\nTcp: X CurrEstab\\nTcp: 5\\n" >x/snmp',
    'printf "TcpExt: TCPPrequeued PAWSPassive TCPForwardRetrans TCPHPHitsToUser\\nTcpExt: 1 2 3 4\\nIpExt: A\\nTcpExt: 5\\nIpExt: B\\nIpExt: 1\\n" >x/netstat',
    'printf "Icmp6InEchos 1\\nOther 2\\nIcmp6OutEchos 0\\nIcmp6OutMsgs 0\\nUdp6New 3\\n" >x/snmp6',
    'mount -t tmpfs none /proc; mkdir /proc/net',
  ];
  const show = (folder: string, ...options: string[]): string[] => [
    `cp -r ${folder}/. /proc/net`,
    ...options.map(words => `netstat ${words}`),
    'rm -r /proc/net/*',
  ];
  differential('of all protocols and of some', {
    ...shared,
    setup: files,
    steps: [
      ...show('z', '-s', '-s6'),
      ...show('o', '-s', '-s6', '-st', '-su', '-sw', '-sU', '-sS', '-s6t', '-s6w', '-s46', '-s44', '-sc', '-sx'),
      ...show('u', '-s', '-s6'),
      ...show('x', '-s', '-s6', '-su', '-sw'),
      'netstat -s',
      'netstat -s6',
      'netstat -t',
      'netstat -xv',
      'netstat -g',
    ],
  });
  differential('of the running kernel, before any traffic', {
    ...shared,
    steps: ['netstat -s', 'netstat -s6', 'netstat --statistics --tcp'],
  });
});
