import {describe, expect, expectTypeOf, test} from 'vitest';
import type {IpAddress} from '../../../src/addr/ip.js';
import {UsageError} from '../../../src/errors.js';
import {completions} from '../../../src/grammar/complete.js';
import {formatCommand} from '../../../src/grammar/format.js';
import {
  Cursor,
  choice,
  clause,
  exact,
  flag,
  type GrammarEnv,
  help,
  keyword,
  type Parsed,
  repeat,
  rest,
  verb,
  verbs,
  word,
} from '../../../src/grammar/grammar.js';
import {usage} from '../../../src/grammar/help.js';
import {parseClause, parseVerbs} from '../../../src/grammar/parse.js';
import {address, device, onOff, prefixValue, u32, words} from '../../../src/grammar/values.js';
import {Names} from '../../../src/names/tables.js';

const env = (family = 0): GrammarEnv => ({family, names: new Names('/nowhere'), program: 'ip'});

const leg = clause({via: keyword('via', address), dev: keyword('dev', device), weight: keyword('weight', u32)});
const routes = clause({
  src: keyword('src', address),
  via: keyword('via', address, {duplicate: 'error'}),
  metric: keyword('metric', u32, {match: 'prefix', as: [exact('preference'), 'priority']}),
  mtu: keyword('mtu', u32),
  onlink: flag('onlink', {duplicate: 'error'}),
  state: choice({up: true, down: false}),
  arp: keyword('arp', onOff),
  legs: repeat('nexthop', leg),
  marks: repeat('mark', u32),
  dev: keyword('dev', device, {as: ['oif']}),
  type: word(words({unreachable: 7, local: 2})),
  dst: rest(prefixValue, {noise: 'to', duplicate: 'garbage', lead: 'type'}),
});
const object = verbs(
  'route',
  [
    verb('add', routes, {as: ['a', 'append']}),
    verb('replace', routes),
    verb('show', clause({help: help(), dev: keyword('dev', device)}), {as: ['list', exact('lst')]}),
  ],
  {whenAbsent: 'show'},
);

function parse(line: string, family = 0): Parsed<typeof routes> {
  return parseClause(routes, new Cursor(line.split(' ')), env(family));
}
function failure(run: () => unknown): {status: number; lines: readonly string[]} {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return {status: error.status, lines: error.lines};
    throw error;
  }
  throw new Error('did not fail');
}

describe('words', () => {
  test('keys stand in the order of the line', () => {
    expect(Object.keys(parse('mtu 5 10.0.0.0/8 via 10.0.0.1'))).toEqual(['mtu', 'dst', 'via']);
  });
  test('a prefix of a keyword, first hit wins', () => expect(parse('m 5 10.0.0.0/8')).toMatchObject({metric: 5}));
  test('an exact keyword needs all its letters', () => expect(parse('mtu 5')).toEqual({mtu: 5}));
  test('further spellings follow the first one or their own rule', () => {
    expect(parse('prio 5')).toEqual({metric: 5});
    expect(parse('preference 5')).toEqual({metric: 5});
    expect(failure(() => parse('preferenc 5')).lines[0]).toContain('any valid prefix is expected');
  });
  test('flags and choices', () => expect(parse('onlink down')).toEqual({onlink: true, state: false}));
  test('groups end at the first word they do not know', () => {
    const spec = parse('nexthop via 10.0.0.1 weight 2 nexthop dev eth0 mtu 9');
    expect(spec.legs).toHaveLength(2);
    expect(spec.legs?.[0]).toMatchObject({weight: 2});
    expect(spec.legs?.[1]).toEqual({dev: 'eth0'});
    expect(spec.mtu).toBe(9);
  });
  test('repeated values are collected', () => expect(parse('mark 1 mark 2').marks).toEqual([1, 2]));
  test('a leading word belongs to the value', () => {
    expect(parse('to unreachable 10.0.0.0/8')).toMatchObject({type: 7, dst: {length: 8}});
    expect(failure(() => parse('unreachable')).lines).toEqual(['Command line is not complete. Try option "help"']);
  });
  test('the type of the spec follows the table', () => {
    expectTypeOf<Parsed<typeof routes>['via']>().toEqualTypeOf<IpAddress | undefined>();
    expectTypeOf<Parsed<typeof routes>['onlink']>().toEqualTypeOf<true | undefined>();
    expectTypeOf<Parsed<typeof routes>['state']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Parsed<typeof routes>['marks']>().toEqualTypeOf<readonly number[] | undefined>();
  });
});

describe('refusals', () => {
  test.each([
    ['via', 255, 'Command line is not complete. Try option "help"'],
    ['metric x', 255, 'Error: argument "x" is wrong: "metric" value is invalid'],
    ['via 10.0.0.1 via 10.0.0.2', 255, 'Error: duplicate "via": "10.0.0.2" is the second value.'],
    ['10.0.0.0/8 frob', 255, 'Error: either "to" is duplicate, or "frob" is a garbage.'],
    ['frob', 1, 'Error: any valid prefix is expected rather than "frob".'],
    ['10.0.0.0/8 src ::1', 1, 'Error: inet address is expected rather than "::1".'],
    ['arp maybe', 255, 'Error: argument of "arp" must be "on" or "off", not "maybe"'],
  ])('%s', (line, status, text) => {
    const {status: got, lines} = failure(() => parse(line));
    expect([got, lines[0]]).toEqual([status, text]);
  });
  test('a family of the options stays', () =>
    expect(failure(() => parse('10.0.0.0/8', 10)).lines[0]).toBe(
      'Error: inet6 prefix is expected rather than "10.0.0.0/8".',
    ));
});

describe('verbs', () => {
  const run = (...argv: string[]) => parseVerbs(object, new Cursor(argv), env());
  test('first hit wins', () => {
    expect(run('a', '10.0.0.0/8').verb).toBe('add');
    expect(run('app', '10.0.0.0/8').verb).toBe('add');
    expect(run('r').verb).toBe('replace');
    expect(run('l').verb).toBe('show');
    expect(run().verb).toBe('show');
  });
  test('unknown', () => {
    expect(failure(() => run('frob'))).toEqual({
      status: 255,
      lines: ['Command "frob" is unknown, try "ip route help".'],
    });
    expect(failure(() => run('')).lines).toEqual(['Command "" is unknown, try "ip route help".']);
  });
  test.each([['help'], ['h'], ['add', 'help'], ['add', 'to', 'help'], ['show', 'he']])('usage: %s %s', (...argv) => {
    const {status, lines} = failure(() => run(...argv.filter(one => one !== undefined)));
    expect(status).toBe(255);
    expect(lines[0]).toMatch(/^Usage: ip route add/);
  });
  test('usage names every verb', () => {
    const text = usage(object, 'ip').join('\n');
    expect(text).toMatch(/^Usage: ip route add/);
    expect(text).toMatch(/^ {7}ip route show \[ dev DEVICE \]$/m);
  });
  test('a value that would be read as a keyword gets its noise word', () => {
    const named = verbs('link', [verb('set', clause({up: flag('up'), dev: rest(device, {noise: 'dev'})}))]);
    const said = (dev: string): string => formatCommand(named, {verb: 'set', spec: {dev, up: true}}, env()).join(' ');
    expect(['eth0', 'up', 'dev', 'h', 'help', 'upper'].map(said)).toEqual([
      'link set eth0 up',
      'link set dev up up',
      'link set dev dev up',
      'link set dev h up',
      'link set dev help up',
      'link set upper up',
    ]);
  });
  test('a command formats to words that parse to it', () => {
    const line = 'unreachable 10.0.0.0/8 mtu 5 onlink up nexthop via 10.0.0.1 weight 2 nexthop dev eth0';
    const command = run('add', ...line.split(' '));
    expect(formatCommand(object, command, env()).join(' ')).toBe(`route add ${line}`);
  });
});

describe('completion', () => {
  const offers = (...line: string[]) => completions(object, line, env());
  test('verbs', () => expect(offers('').words).toEqual(['add', 'replace', 'show']));
  test('terms that fit', () => expect(offers('add', 'o').words).toEqual(['onlink']));
  test('values', () => {
    expect(offers('add', 'dev', '')).toEqual({words: [], kinds: ['device']});
    expect(offers('add', 'arp', 'o').words).toEqual(['on', 'off']);
  });
  test('inside a group both its words and the outer ones', () => {
    const {words: found} = offers('add', 'nexthop', 'via', '10.0.0.1', '');
    expect(found).toContain('weight');
    expect(found).toContain('mtu');
  });
});
