import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const {net} = fixtures;

/** Writes lines to the file `b` and runs it. */
function batch(lines: readonly string[], options = ''): string {
  return `cat > b <<'X'\n${lines.join('\n')}\nX\nip ${options} -batch b`;
}

describe('ip -batch', () => {
  differential('from a file and from standard input', {
    setup: [...net],
    steps: [
      batch(['link set eth0 mtu 1400', 'addr add 192.168.9.1/24 dev eth0', 'addr show eth0']),
      "printf 'addr show dev eth0\\nroute show\\n' | ip -batch -",
      "printf 'route show dev eth0' | ip -b -",
      'ip -batch /dev/null',
      'ip -batch nosuch',
      'ip -batch nosuch -x',
      "printf 'foo' | ip -batch -",
    ],
  });
  differential('comments, blank lines, quotes, continued lines', {
    setup: [...net],
    steps: [
      batch(['# comment', '', '   ', 'route show # trailing', 'foo#bar']),
      batch([
        'link set eth0 alias "two words"',
        "link set eth1 alias 'single quotes'",
        'link show eth0',
        'link show eth1',
      ]),
      batch(['route add 172.16.0.0/16 \\', ' via 192.168.1.2', 'route show 172.16.0.0/16']),
      batch(['route show \\', '', '', 'foo']),
      batch(['foo', 'route show \\'], '-force'),
      "printf 'route show\\0 x\nfoo' | ip -batch -",
      batch(["li'nk' show"]),
      batch(['link show "lo']),
      batch(['link "show lo"']),
      batch(["link show dev ''"]),
      batch(['foo \\ # x', 'bar']),
      "printf 'link\\\\\\nfoo\\n' | ip -b -",
      "printf 'foo \\\\' | ip -b -",
      "printf '\\r\\n\\tfoo\\r\\n' | ip -b -",
      'printf \'foo "a#b"\' | ip -b -',
    ],
  });
  const mixed = ['link set eth0 mtu 1400', 'link set nosuch up', 'link set eth1 mtu 1300'];
  differential('stops at the first failure', {setup: [...net], steps: [batch(mixed), 'ip -o link']});
  differential('goes on under -force', {
    setup: [...net],
    steps: [
      batch(mixed, '-force'),
      batch(
        ['foo', 'link set nosuch up', 'route add 10.0.0.0/24 dev eth1', 'route add 9.0.0.0/8 via 9.9.9.9'],
        '-force',
      ),
      'ip route',
    ],
  });
  differential('a wrong word ends the run, even under -force', {
    setup: [...net],
    steps: [
      batch(['link set lo mtu x', 'foo'], '-force'),
      batch(['route add x', 'foo'], '-force'),
      batch(['route add', 'foo'], '-force'),
      batch(['link foo', 'foo'], '-force'),
      batch(['help', 'foo'], '-force'),
      batch(['link help', 'foo'], '-force'),
      batch(['neigh get fd00:2::9 dev lo', 'foo'], '-0 -force'),
    ],
  });
  differential('some lines end the run, even under -force and when they do well', {
    setup: [...net],
    steps: [
      ...[
        'xfrm policy list',
        'xfrm policy deleteall',
        'xfrm policy get dir in',
        'xfrm policy delete dir in src 1.2.3.4',
        'xfrm state list',
        'xfrm state add',
        'ntable change name x queue 5',
        'neigh del 10.9.9.9 dev eth0',
        'maddr add 01:00:5e:00:00:05 dev nosuch',
        'maddr add 01:00:5e:00:00:05 dev eth0',
        'maddr del zz dev eth0',
        'link set eth0 type bridge_slave hairpin x',
        'addr save dev nosuch',
        'ila list',
        '-4 addrlabel',
      ].map(line => batch([line, 'foo'], '-force')),
      // The reference writes sequence numbers into the file.
      `${batch(['addr save', 'foo'], '-force')} | wc -c`,
      // These do not.
      ...[
        'xfrm policy count',
        'stats show group x',
        'stats set dev lo l3_stats x',
        'vrf show nosuch',
        'tcp_metrics delete all',
        'neigh get 10.9.9.9 dev eth0',
        'token set ::5 dev lo',
        'link set eth0 multicast x',
        'link set eth0 carrier x',
      ].map(line => batch([line, 'foo'], '-force')),
    ],
  });
  differential('options stand before -batch, not in the lines', {
    setup: [...net],
    steps: [
      batch(['addr show dev lo', 'route'], '-4'),
      batch(['addr show dev lo', 'route show'], '-j'),
      batch(['-4 addr show']),
      batch(['-br link']),
    ],
  });
});

differential('what earlier lines leave behind', {
  setup: [
    ...fixtures.net,
    'ip link set eth0 alias office; ip link property add dev eth0 altname desk; ip addr add 192.168.1.9/24 dev eth0 label eth0:x',
  ],
  steps: [
    ...['', '-4', '-6', '-0', '-o', '-o -4', '-br', '-d', '-d -4', '-j', '-j -br', '-j -4', '-c=always', '-M'].map(
      options =>
        batch(
          [
            'link show dev lo',
            'addr show',
            'addr show dev eth0',
            'addr show dev eth0 label eth0:x',
            'addr show up to 192.168.1.9',
            'addr show scope host',
            'link show eth0',
          ],
          options,
        ),
    ),
    batch(['link set lo mtu 60000', 'addr show lo', 'link show up', 'addr show lo']),
    batch(['link show nosuch', 'addr show lo', 'link show if77', 'addr show lo'], '-force'),
    batch(['route show dev eth1', 'link del eth0', 'link show eth1', 'link show lo'], '-force'),
    batch(['maddr show dev lo', 'maddr']),
    batch(['maddr show dev lo', 'maddr show dev eth1']),
    'ip -batch .',
  ],
});

differential('counters are shown once one line has asked for some', {
  setup: ['ip link set lo up'],
  steps: [
    ...['', '-s', '-j', '-br'].map(options =>
      batch(
        ['stats show dev lo', 'link show lo', 'link show lo', 'stats show dev lo group link', 'addr show lo'],
        options,
      ),
    ),
    batch(['stats show dev nosuch', 'link show lo'], '-force'),
  ],
});
