import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {NetlinkError, UsageError} from '../../../src/errors.js';
import {Cursor, formatCommand, type GrammarEnv, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import {inetAton, Networks} from '../../../src/nettools/resolve.js';
import {parseRouteArgs} from '../../../src/nettools/routeArgs.js';
import {parseRouteArgs6, translate6} from '../../../src/nettools/routeArgs6.js';
import {type RouteFacts, type RouteOperation, translateAdd, translateDelete} from '../../../src/nettools/translate.js';
import {routeVerbs} from '../../../src/ops/route.js';

const networks = new Networks('/nonexistent');
const facts: RouteFacts = {
  typeOf: address => (String(address) === '192.168.1.1' ? 2 : 1),
  aliasAddress: label => (label === 'eth0:1' ? IpAddress.parse('192.168.1.77') : undefined),
};
const envOf = (family: number): GrammarEnv => ({family, names: new Names(), program: 'ip'});

function explain(operation: RouteOperation, family = 2): string {
  return formatCommand(routeVerbs, operation, envOf(family)).join(' ');
}

/** Every case of the manual page and more: what we say it means, in words of `ip`. */
const cases: readonly (readonly [line: string, command: string])[] = [
  ['add #net 127.0.0.0 netmask 255.0.0.0 metric 1024 dev lo', 'route prepend 127.0.0.0/8 dev lo metric 1024'],
  ['add #net 192.56.76.0 netmask 255.255.255.0 metric 1024 eth0', 'route prepend 192.56.76.0/24 dev eth0 metric 1024'],
  ['add default gw 192.168.1.254', 'route prepend 0.0.0.0/0 via 192.168.1.254'],
  ['add 10.1.2.3 sl0', 'route prepend 10.1.2.3/32 dev sl0'],
  ['add #net 192.57.66.0 netmask 255.255.255.0 gw 192.168.1.2', 'route prepend 192.57.66.0/24 via 192.168.1.2'],
  ['add #net 224.0.0.0 netmask 240.0.0.0 dev eth0', 'route prepend 224.0.0.0/4 dev eth0'],
  [
    'add #net 10.0.0.0 netmask 255.0.0.0 metric 1024 reject',
    'route prepend unreachable 10.0.0.0/8 metric 1024 scope host',
  ],
  ['add #net 10.1.0.0/16 gw 192.168.1.1', 'route prepend 10.1.0.0/16 scope link via 192.168.1.1'],
  ['add #net 10.1.0.0/16 eth0:1', 'route prepend 10.1.0.0/16 dev eth0 src 192.168.1.77'],
  [
    'add #net 10.1.0.0/16 gw 192.168.1.2 mss 1400 window 4000 irtt 300',
    'route prepend 10.1.0.0/16 via 192.168.1.2 advmss 1360 window 4000 rtt 2400',
  ],
  ['del default', 'route delete unicast 0.0.0.0/0'],
  ['del #net 192.56.76.0 netmask 255.255.255.0', 'route delete unicast 192.56.76.0/24'],
  ['del #net 10.0.0.0/8 gw 192.168.1.2', 'route delete unicast 10.0.0.0/8 scope global via 192.168.1.2'],
  ['del #net 10.0.0.0/8 reject', 'route delete unreachable 10.0.0.0/8 scope host'],
];

function translate(line: string): RouteOperation {
  const [verb, ...words] = line.split(' ');
  const args = parseRouteArgs(words, networks);
  return verb === 'add' ? translateAdd(args, facts) : translateDelete(args, facts);
}

describe('IPv4 translations', () => {
  test.each(cases)('%s', (line, command) => expect(explain(translate(line))).toBe(command));

  test.each(cases)('%s means the same when ip reads it', line => {
    const operation = translate(line);
    const words = explain(operation).split(' ').slice(1);
    expect(parseVerbs(routeVerbs, new Cursor(words), envOf(2))).toMatchObject({
      verb: operation.verb,
      spec: operation.spec,
    });
  });

  test('host bits under an absent mask are the kernel`s EINVAL', () => {
    expect(() => translate('add #net 10.0.0.0 eth0')).toThrow(NetlinkError);
    expect(() => translate('add default gw 0.0.0.0')).toThrow(/Invalid argument/);
  });

  test.each([
    ['add #net 10.0.0.5/24 eth0', "route: netmask doesn't match route address"],
    ['add #host 10.0.0.5/24 eth0', "route: netmask 000000ff doesn't make sense with host route"],
    ['add #net 10.0.0.0 netmask 255.0.255.0', 'route: bogus netmask 255.0.255.0'],
    ['add default mss 63', 'route: Invalid MSS/MTU.'],
    ['add default window 127', 'route: Invalid window.'],
  ])('%s', (line, text) => {
    try {
      translate(line);
      expect.fail();
    } catch (error) {
      expect(error).toMatchObject({status: 3, lines: expect.arrayContaining([text])});
    }
  });
});

describe('IPv6 translations', () => {
  test.each([
    ['2001:db8::/32 gw fd00::2', true, 'route prepend 2001:db8::/32 via fd00::2 metric 1'],
    ['2001:db8:1::/48 dev eth1 metric 9', true, 'route prepend 2001:db8:1::/48 dev eth1 metric 9'],
    ['2001:db8::1 eth0 ', true, 'route prepend 2001:db8::1/128 dev eth0 metric 1 onlink'],
    ['default gw fd00::2 metric 0', true, 'route prepend ::/0 via fd00::2'],
    ['2001:db8::/32', false, 'route delete 2001:db8::/32 metric 1'],
  ])('%s', (line, add, command) => {
    expect(explain(translate6(add, parseRouteArgs6(line.trim().split(' '))), 10)).toBe(command);
  });

  test('wrong lines', () => {
    expect(() => parseRouteArgs6([])).toThrow(UsageError);
    expect(() => parseRouteArgs6(['2001:db8::/129', 'eth0'])).toThrow(UsageError);
    expect(() => parseRouteArgs6(['2001:db8::/32', 'metric', 'x'])).toThrow(UsageError);
  });
});

test('numbers of inet_aton', () => {
  const text = (word: string): string | undefined => inetAton(word)?.toString();
  expect([text('10.1'), text('0xc0a801fe'), text('0300.168.510'), text('1.2.3.4')]).toEqual([
    '10.0.0.1',
    '192.168.1.254',
    '192.168.1.254',
    '1.2.3.4',
  ]);
  expect([text(''), text('1.2.3.4.5'), text('256.1.1.1'), text('08.1.1.1'), text('a')]).toEqual(
    Array(5).fill(undefined),
  );
});
