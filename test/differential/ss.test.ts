import {describe} from 'vitest';
import {differential} from '../helpers/differential.js';

const holder = `'${process.execPath}' '${import.meta.dirname}/sockets.hold.mjs'`;

/** A socket in each state. */
const sockets = [
  'ip link set lo up',
  'ip link add eth0 type veth peer name eth1; ip link set eth0 up; ip link set eth1 up',
  'ip addr add 192.168.1.1/24 dev eth0; ip addr add fe80::1/64 nodad dev eth0; ip neigh add 192.168.1.99 lladdr 02:00:00:00:00:99 dev eth0',
  `${holder} & for i in $(seq 200); do [ -e ready ] && exit; sleep 0.05; done; exit 1`,
];

/** Both tools in one namespace: the order of a dump differs between namespaces. */
const same = (...lines: string[]): string[] =>
  lines.map(
    line =>
      `/usr/bin/ss ${line} >ref 2>ref.err; r=$?; ss ${line} >got 2>got.err; g=$?; ` +
      'diff ref got; diff ref.err got.err; echo $r $g; [ -s got ] && echo listed; rm -f ref got ref.err got.err',
  );

/** As `same`, with standard output on a terminal of some columns. */
const onTerminal = (columns: number, line: string): string => {
  const run = (tool: string, file: string): string =>
    `script -qec 'stty cols ${columns} -opost; ${tool} ${line}' /dev/null >${file} <&3`;
  // An end of its input would end script before its output.
  return `rm -f open; mkfifo open; exec 3<>open; ${run('/usr/bin/ss', 'ref')}; ${run('ss', 'got')}; cmp ref got && [ -s got ] && rm -f ref* got*; echo $?`;
};

const shared = {setup: sockets, state: false, umbrella: true};

describe('TCP and UDP', () => {
  differential('tables and states', {
    ...shared,
    steps: same(
      '-tan',
      '-uan',
      '-tuan',
      '-tn',
      '-un',
      '-tun',
      '-tln',
      '-uln',
      '-tuln',
      '-l -a -tn',
      '-a -l -tn',
      '--tcp --all --numeric',
      '--udp --listening --numeric',
    ),
  });
  differential('families', {
    ...shared,
    steps: same(
      '-4tan',
      '-6tan',
      '-4 -un',
      '-6 -uan',
      '-46tan',
      '-6t -4 -n',
      '-46wtu',
      '--ipv4 -tun',
      '--ipv6 -tua -n',
    ),
  });
  differential('names of services', {...shared, steps: same('-ta', '-ua', '-tu', '-tul', '-t')});
  differential('what stands behind the columns', {
    ...shared,
    steps: same('-tlne', '-uane', '-tln --tos', '-tlnmO --inet-sockopt', '-uanem', '-tlnpO', '-tan --cgroup', '-uani'),
  });
  differential('options of the guides', {...shared, steps: same('-pltu', '-ta', '-ntm')});
  differential('tables by query and family', {
    ...shared,
    steps: same(
      '-A tcp,udp -an',
      '-A inet,!udp -an',
      '-f inet -tan',
      '-t -A udp -an',
      '-A !tcp',
      '-x -A tcp -n',
      '-u src inet6:[::1]',
      '-A udp,u_dgr -n state all exclude all',
      '-aA udp,tipc state closed exclude closed',
    ),
  });
  differential('raw dumps, replayed by the other', {
    ...shared,
    steps: [
      'ss -taiemo -D dump; for o in -tan -tanimoO -4tan "-tan state listening"; do TCPDIAG_FILE=dump /usr/bin/ss $o >ref; TCPDIAG_FILE=dump ss $o >got; cmp ref got; done; wc -l <got',
      'for o in "-6 -0 -ta" "-4 -x -ta" "-0 -6 -ta" "-6 -4 -ta"; do ss $o -D both; TCPDIAG_FILE=both /usr/bin/ss -tanH | wc -l; done',
      '/usr/bin/ss -taiemo -D dump2; TCPDIAG_FILE=dump2 /usr/bin/ss -taioO >ref; TCPDIAG_FILE=dump2 ss -taioO >got; cmp ref got',
      'TCPDIAG_FILE=nowhere ss -tan; head -c 100 dump >cut; TCPDIAG_FILE=cut ss -tan; TCPDIAG_FILE=/dev/null ss -tan',
    ],
  });
  differential('without header, one line a socket', {
    ...shared,
    steps: same('-Htan', '-H -tul', '-tO', '-uHn', '-tHO'),
  });
  differential('long options by their beginning', {
    ...shared,
    steps: same('--li -tn', '--no-head -tn', '--num --tcp', '-tna --'),
  });
  differential('terminals of all widths', {
    ...shared,
    umbrella: false,
    steps: [1, 5, 7, 12, 20, 40, 61, 80, 81, 120, 200].flatMap(columns => [
      onTerminal(columns, '-tan'),
      onTerminal(columns, '-tulH'),
      onTerminal(columns, '-un'),
    ]),
  });
});

describe('MPTCP', () => {
  differential('sockets and subflows', {
    setup: [
      'ip link set lo up',
      `'${process.execPath}' '${import.meta.dirname}/mptcp.hold.mjs' & for i in $(seq 200); do [ -e mptcp ] && exit; sleep 0.05; done; exit 1`,
    ],
    state: false,
    umbrella: false,
    steps: same('-Man', '-MnieO', '-M -ainH', '-Mlp', '-tan -A mptcp', '-M src 127.0.0.1 -n', '-46Mtn'),
  });
});

describe('without sockets', () => {
  differential('headers', {
    state: false,
    steps: [
      'ss -tan',
      'ss -u',
      'ss -tu',
      'ss -tln',
      'ss -H -tan',
      'ss -tV',
      'ss -Vt',
      'ss -ta >&-',
      'ss -ta >/dev/full',
    ],
  });
  differential('wrong options', {
    state: false,
    steps: [
      '-t --all=yes',
      '--i -t',
      '--n',
      '--foo=1',
      '-tQ',
      '-?',
      '--version=3',
      '-t-',
      '-:',
      '-f',
      '--query',
      '-A x',
      '-f x',
      '-t -N nowhere',
      '-u -D -',
      '-Z',
      '-h',
    ].map(line => `ss ${line}`),
  });
});
