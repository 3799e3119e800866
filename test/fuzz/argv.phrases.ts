/** What random command lines have in several words: values, and lines of objects without a grammar. */
import type {Vocabulary} from './argv.lines.js';
import {pick} from './grammar.lines.js';
import type {Random} from './schema.samples.js';

const numbers = ['0', '1', '7', '16', '255', '65535', '65536', '0x10', '4294967295', '4294967296', '-1', 'x', ''];
const addresses = ['10.0.0.1', '192.168.1.2', 'fd00:1::1', 'fd00:2::9', '::', '0.0.0.0', 'any', 'default', '10/8', 'x'];
const algorithms = ['cbc(aes)', 'hmac(sha1)', 'rfc4106(gcm(aes))', 'deflate', 'x', '', 'digest_null', 'x'.repeat(70)];
const keys = ['0x0102030405060708090a0b0c0d0e0f10', '0x', '0x1', 'word', '', '0xzz', 'a'.repeat(32)];

/** Lists of which each gives a word, most times. */
type Lists = readonly (readonly string[])[];

const protocols = ['tcp', 'udp', 'sctp', 'icmp', 'ipv6-icmp', 'mobility-header', 'gre', '47', '255', '256', 'x', 'any'];
const prefixes = ['10.0.0.0/8', '192.168.1.1', 'fd00:1::/64', 'any', '::/0', '0.0.0.0/0', 'x', '10/33', 'default'];
const selector: readonly Lists[] = [
  [['src'], prefixes],
  [['dst'], prefixes],
  [['dev'], ['eth0', 'nosuch', 'lo', '', 'eth0:x', 'x'.repeat(16)]],
  [['proto', 'upspec'], protocols],
  [['sport', 'dport', 'type', 'code', 'key'], numbers],
  [
    ['dport', 'code', 'key'],
    ['80', '0', '1.2.3.4', 'x', '65536'],
  ],
];

/** Values of several words by their label. */
const composites: Readonly<Record<string, Lists>> = {
  'MIN MAX': [
    ['1', '1000', '65535', '65536'],
    ['0', '2000', 'x'],
  ],
  'PREASON { on | off }': [
    ['0', '3', '31', '32', 'x'],
    ['on', 'off', 'x'],
  ],
  'VLANID [ qos VLAN-QOS ] [ proto VLAN-PROTO ]': [
    ['5', '4096'],
    ['qos', 'proto'],
    ['3', '802.1ad', '802.1Q', 'x'],
  ],
  'segs ADDR1,ADDRi,ADDRn [ hmac KEYID ]': [
    ['segs', 'x'],
    ['fd00:1::2', 'fd00:1::2,fd00:2::9', 'x'],
    ['hmac'],
    ['0', '7'],
  ],
  '{ goto NUMBER | nop | TYPE }': [
    ['goto', 'g', 'nop', 'n', 'blackhole', 'unicast', 'prohibit', 'unreachable', 'nat', '7', '256'],
    ['32766', '5', 'x'],
  ],
  '{ mpath | resilient } OPTIONS': [
    ['mpath', 'resilient', 'res'],
    ['buckets', 'idle_timer', 'unbalanced_timer'],
    ['4', '0', '100', '65536', 'x'],
  ],
  '{ { add | del } LLADDR | set [ LLADDR... ] | flush }': [
    ['add', 'del', 'set', 'flush', 'x'],
    ['02:00:00:00:00:77', 'x'],
  ],
  IOAM6HDR: [
    ['freq', 'mode'],
    ['1/2', 'encap', 'inline', 'auto', '2/1', '0/1', 'x'],
    ['tundst', 'mode'],
    ['fd00:1::2', 'encap', '10.0.0.1'],
    ['trace'],
    ['prealloc'],
    ['type'],
    ['0x800000', '0xf00000', '0', 'x', '0x1000000'],
    ['ns'],
    ['0', '1', '65536'],
    ['size'],
    ['4', '12', '244', '248', '256', '5'],
  ],
  LIMIT: [
    [
      ...['time-soft', 'time-hard', 'time-use-soft', 'time-use-hard', 'byte-soft', 'byte-hard', 'packet-soft'],
      ...['packet-hard', 'time', 'x'],
    ],
    numbers,
  ],
  'MARK [ mask MASK ]': [['0', '1', '0x10', '-1', 'x', '4294967296'], ['mask'], ['0xff', '0', 'x', '-1']],
  'OUTPUT-MARK [ mask MASK ]': [['0', '1', '0x10', 'x'], ['mask'], ['0xff', '0', 'x']],
  'LBITS RBITS': [
    ['0', '32', '33', '64', '128', '129', 'x'],
    ['0', '32', '33', '128', 'x', '-1'],
  ],
  ENCAP: [['espinudp', 'espinudp-nonike', 'espintcp', 'x'], ['4500', 'x'], ['4500', '65536'], addresses],
  '[ dev DEV ] dir DIR': [['dev', 'dir'], ['eth0', 'nosuch', 'in', 'out'], ['dir'], ['in', 'out', 'fwd', 'x']],
  'ALGO-NAME ALGO-KEYMAT': [algorithms, keys],
  'ALGO-NAME ALGO-KEYMAT ALGO-ICV-LEN': [algorithms, keys, ['64', '128', '0', 'x']],
  'ALGO-NAME ALGO-KEYMAT ALGO-TRUNC-LEN': [algorithms, keys, ['96', '0', 'x']],
  'ALGO-NAME': [algorithms],
  'NAME CMD ...': [
    ['blue', 'nosuch', '', '1', '.', 'a/b'],
    ['true', 'false', 'echo', 'nosuchprogram', 'ip', '/', ''],
    ['link', 'x', '-V', 'netns'],
  ],
  'NAME PID': [
    ['new0', 'blue', 'x/y', ''],
    ['1', 'self', '0', '99999999', 'x', '-1'],
  ],
  PID: [['self', '1', '99999999', 'x', '', '-1', '0']],
  'NAME { auto | POSITIVE-INT }': [
    ['blue', 'nosuch', '', 'a/b'],
    ['auto', '0', '5', '-1', '-2', 'x', '2147483648', 'aut'],
  ],
};

/** Groups of which about every second one is there. */
const groups: Readonly<Record<string, readonly Lists[]>> = {
  SELECTOR: selector,
  TMPL: [
    [['src'], addresses],
    [['dst'], addresses],
    [['proto'], ['esp', 'ah', 'comp', 'route2', 'hao', '50', '255', '256', 'x', 'tcp']],
    [['spi'], numbers],
    [['mode'], ['transport', 'tunnel', 'ro', 'in_trigger', 'beet', 'x', 'tun']],
    [['reqid'], numbers],
    [['level'], ['required', 'use', 'x']],
  ],
};

/** Words of a value that has several, by its label; undefined for other values. */
export function phrase(label: string, random: Random): string[] | undefined {
  const lists = composites[label];
  if (lists !== undefined) return some(lists, random);
  return groups[label]?.flatMap(group => (random.below(2) === 0 ? some(group, random) : []));
}

/** A word of each list, most times. */
function some(lists: Lists, random: Random): string[] {
  return lists.flatMap(choices => (random.below(9) > 0 ? [pick(random, choices)] : []));
}

/** Words behind verbs that read their own. */
export const wordy: Readonly<Record<string, (random: Random, vocabulary: Vocabulary) => string[]>> = {
  'link property': random => [
    pick(random, ['add', 'del', 'delete', 'a', 'x', 'help']),
    ...['dev', pick(random, ['eth0', 'eth1', 'tall', 'nosuch'])].slice(random.below(2)),
    ...Array.from({length: random.below(3)}, () => [
      'altname',
      pick(random, ['tall', 'short', 'eth1', '', 'x'.repeat(140)]),
    ]).flat(),
  ],
  'link xstats': (random, {kinds}) => [
    pick(random, ['type', 'type', 'type', 't', 'x', 'help']),
    pick(random, ['bridge', 'bridge_slave', 'bond', pick(random, kinds)]),
    ...pick(random, [
      [],
      ['dev', 'br0'],
      ['dev', 'port0'],
      ['stp'],
      ['igmp', 'dev', 'br0'],
      ['mcast'],
      ['x'],
      ['help'],
    ]),
  ],
  'link afstats': random => pick(random, [[], ['dev', 'eth0'], ['dev', 'nosuch'], ['dev'], ['x']]),
  'link help': (random, {kinds}) => pick(random, [[], [pick(random, kinds)], ['x']]),
  'mptcp endpoint': random => [pick(random, ['help', 'x', 'show', ''])],
  'mptcp limits': random => [pick(random, ['help', 'x', 'show', ''])],
  'xfrm state': random => [pick(random, ['help', 'x', 'list', ''])],
  'xfrm policy': random => [pick(random, ['help', 'x', 'list', ''])],
  'macsec add': association,
  'macsec set': association,
  'macsec delete': association,
  'macsec show': random => some([['eth0', 'nosuch', 'lo', ''], ['x']].slice(random.below(3)), random),
  'macsec offload': random =>
    some(
      [
        ['eth0', 'nosuch'],
        ['off', 'phy', 'mac', 'x'],
      ],
      random,
    ),
};

function association(random: Random): string[] {
  const channel = pick<Lists>(random, [
    [['sci'], ['1', '0x0200000000010001', 'x', '0']],
    [['port'], ['1', '0', '65536'], ['address'], ['02:00:00:00:00:77', 'x']],
    [['address'], ['02:00:00:00:00:77', 'x'], ['port', 'sci'], ['1', 'x']],
  ]);
  const options: readonly Lists[] = [
    [['pn', 'xpn'], numbers],
    [['salt'], ['0102030405060708090a0b0c', 'x', '01']],
    [['ssci'], numbers],
    [['on', 'off']],
    [['key'], ['01', '0102030405060708090a0b0c0d0e0f10', 'x', ''], keys],
  ];
  return [
    ...some([['eth0', 'nosuch']], random),
    ...(random.below(2) === 0 ? some([['tx']], random) : some([['rx'], ...channel], random)),
    ...some([['sa'], ['0', '3', '4', 'x']], random),
    ...options.flatMap(group => (random.below(2) === 0 ? some(group, random) : [])),
  ];
}

/** Lines of objects whose grammar says little about their words, behind the object. */
export const phrases: Readonly<Record<string, readonly Lists[]>> = {
  sr: [
    [
      ['hmac', 'h', 'tunsrc', 't', 'x'],
      ['show', 's'],
    ],
    [['hmac'], ['set', 'se'], ['0', '1', '7', '0x10', '4294967296', 'x', '-1'], ['sha1', 'sha256', 'sha', 'x']],
    [['tunsrc'], ['set'], addresses],
    [['show', 'set', 'help']],
  ],
  ioam: [
    [
      ['namespace', 'schema', 'n', 's', 'x'],
      ['show', 's', 'list', 'help', 'x'],
    ],
    [['namespace', 'name'], ['add', 'a'], numbers, ['data', 'wide', 'x'], numbers, ['wide', 'data'], numbers],
    [['namespace'], ['del', 'd', 'delete'], numbers],
    [['namespace'], ['set'], ['1', '7', '0', '65536', 'x'], ['schema', 'x'], ['none', '1', '7', '16777216', 'x']],
    [['schema'], ['add'], ['1', '7', '16777215', '16777216', 'x'], ['word', '', 'a b', 'ä', 'x'.repeat(255)]],
    [['schema'], ['del'], numbers],
    [['help', 'h']],
  ],
  vrf: [
    [['show', 's', 'list', 'sh'], ['eth0', 'br0', 'nosuch', ''], ['x']],
    [['identify', 'i'], ['self', '1', '99999999', 'x', '0', '-1', ''], ['x']],
    [['pids', 'p'], ['eth0', 'nosuch', 'default', ''], ['x']],
    [
      ['exec', 'e'],
      ['nosuch', 'eth0', 'default', ''],
      ['true', 'nosuchprogram', ''],
    ],
    [['help', 'h', 'x', '']],
  ],
  ila: [
    [
      ['add', 'del', 'list', 'x', 'help'],
      ['loc_match', 'loc', 'x'],
      ['1:2:3:4', 'x'],
    ],
  ],
};

/** A line for such an object. */
export function phraseOf(object: string, random: Random): string[] | undefined {
  const lines = phrases[object];
  return lines === undefined ? undefined : some(pick(random, lines), random);
}
