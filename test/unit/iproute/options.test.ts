import {expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {findObject, objects} from '../../../src/iproute/objects.js';
import {parseOptions} from '../../../src/iproute/options.js';

function parsed(line: string) {
  const result = parseOptions(line.split(' '));
  if (typeof result === 'string') throw new Error(result);
  return result;
}

/** What every beginning of every object means, as the reference has it; a range is from its first to its last length. */
const meanings = `
a-address:address addrl-addrlabel:addrlabel m-maddress:maddress r-route:route ru-rule:rule n-neighbor:neighbor
neighbou-neighbour:neighbour nt-ntable:ntable ntb-ntbl:ntbl l-link:link l2-l2tp:l2tp f-fou:fou i-ila:ila mac-macsec:macsec
t-tunnel:tunnel tunl-tunl:tunl tunt-tuntap:tuntap ta-tap:tap to-token:token tc-tcpmetrics:tcpmetrics
tcp_-tcp_metrics:tcp_metrics mo-monitor:monitor x-xfrm:xfrm mr-mroute:mroute mru-mrule:mrule net-netns:netns
netc-netconf:netconf v-vrf:vrf s-sr:sr nex-nexthop:nexthop mp-mptcp:mptcp io-ioam:ioam h-help:help st-stats:stats`;

test('every beginning of every object means what it means to the reference', () => {
  const seen = new Set<string>();
  for (const entry of meanings.trim().split(/\s+/)) {
    const [range = '', object] = entry.split(':');
    const [first = '', last = ''] = range.split('-');
    seen.add(last);
    for (let length = first.length; length <= last.length; length++) {
      expect(findObject(last.slice(0, length))?.[0], last.slice(0, length)).toBe(object);
    }
  }
  expect([...seen].sort()).toEqual(objects.map(([word]) => word).sort());
  for (const word of ['', 'amt', 'se', 'netlink', 'Route', 'routes']) expect(findObject(word), word).toBeUndefined();
});

/** Shortest spelling of each option: anything up to the full word is the same. */
const shortest: readonly (readonly [shortest: string, full: string, key: string])[] = [
  ['h', 'human-readable', 'human'],
  ['i', 'iec', 'iec'],
  ['d', 'details', 'details'],
  ['r', 'resolve', 'resolve'],
  ['o', 'oneline', 'oneline'],
  ['t', 'timestamp', 'timestamp'],
  ['ts', 'tshort', 'timestampShort'],
  ['fo', 'force', 'force'],
  ['br', 'brief', 'brief'],
  ['j', 'json', 'json'],
  ['p', 'pretty', 'pretty'],
  ['N', 'Numeric', 'numeric'],
  ['a', 'all', 'all'],
  ['s', 'statistics', 'statistics'],
  ['s', 'stats', 'statistics'],
];

test('options match by any beginning, with one dash or two', () => {
  for (const [short, full, key] of shortest) {
    for (let length = short.length; length <= full.length; length++) {
      for (const dashes of ['-', '--']) {
        const {options, argv} = parsed(`${dashes}${full.slice(0, length)} link`);
        expect(Number(options[key as keyof typeof options]), full.slice(0, length)).toBe(1);
        expect(argv).toEqual(['link']);
      }
    }
  }
  expect(parsed('-echo link').options.echo).toBe(true);
  for (const word of ['-ech', '-x', '-4o', '-jsonx', '-c=maybe', '---br']) {
    expect(() => parseOptions([word, 'link']), word).toThrow(UsageError);
  }
});

test('the last family wins, counts add up, values are taken', () => {
  expect(parsed('-4 -6 route').options.family).toBe(10);
  expect(parsed('-f mpls route').options.family).toBe(28);
  expect(parsed('-s -d -d link').options).toMatchObject({statistics: 1, details: 2});
  expect(parsed('-rc 0x1000 -l x -n blue -b file link').options).toMatchObject({
    receiveBuffer: 4096,
    loops: 0,
    netns: 'blue',
    batch: 'file',
  });
  expect(parsed('-c link').options.colour).toBe('always');
  expect(parsed('-col=auto link').options.colour).toBe('auto');
  expect(parsed('-j -- -4').argv).toEqual(['-4']);
});

test('what stands behind -V and -help is not looked at', () => {
  expect(parseOptions(['-j', '-Ver', '-x'])).toBe('version');
  expect(parseOptions(['-he', '-x'])).toBe('usage');
  expect(parseOptions(['-family'])).toBe('usage');
});

test('refusals in the words of the reference', () => {
  const refusal = (line: string): readonly string[] => {
    try {
      parseOptions(line.split(' '));
    } catch (error) {
      return [...(error as UsageError).lines, String((error as UsageError).status)];
    }
    return [];
  };
  expect(refusal('---br link')).toEqual(['Option "--br" is unknown, try "ip -help".', '255']);
  expect(refusal('-f ine link')).toEqual(['Error: argument "ine" is wrong: invalid protocol family', '255']);
  expect(refusal('-rc 99999999999')).toEqual(["Invalid rcvbuf size '99999999999'", '255']);
  expect(refusal('-n')).toEqual(['Cannot open network namespace "(null)": No such file or directory', '255']);
});
