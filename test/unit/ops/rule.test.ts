import {expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import {type RuleSpec, ruleVerbs} from '../../../src/ops/rule.js';
import {ruleRequest} from '../../../src/ops/ruleChange.js';

const names = new Names();

function parse(line: string, warn?: (text: string) => void) {
  const env: GrammarEnv & {warn?: typeof warn} = {family: 0, names, program: 'ip', ...(warn !== undefined && {warn})};
  return parseVerbs(ruleVerbs, new Cursor(line === '' ? [] : line.split(' ')), env);
}

const specOf = (line: string): RuleSpec => parse(`add ${line}`).spec as RuleSpec;
const bodyOf = (line: string) => ruleRequest('add', specOf(line), {family: 0, names, program: 'ip'}).body;

function refusal(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UsageError) return `${error.status} ${error.lines.join('|')}`;
    throw error;
  }
  return '0';
}

/** Beginnings of keywords, each with the term that the reference takes it for. */
test.each([
  ['p 5', 'priority'],
  ['o 5', 'priority'],
  ['d 4', 'tos'],
  ['r 4', 'flow'],
  ['pro 4', 'protocol'],
  ['t 4', 'tunId'],
  ['ta 4', 'table'],
  ['s 4', 'suppressPrefixlen'],
  ['suppress_i 4', 'suppressIfgroup'],
  ['m 1.2.3.4', 'nat'],
  ['u', 'action'],
  ['n', 'action'],
  ['g 5', 'action'],
])('add %s', (words, key) => {
  expect(Object.keys(specOf(words))).toEqual([key]);
});

test.each([
  ['t 9', 'tunId'],
  ['ta 9', 'table'],
  ['l 9', 'table'],
  ['d 10/8', 'dst'],
  ['s 10/8', 'from'],
  ['f 10/8', 'from'],
  ['10/8', 'to'],
  ['p 9', 'priority'],
])('show %s', (words, key) => {
  expect(Object.keys(parse(`show ${words}`).spec)).toEqual([key]);
});

test('later words win, but for what the kernel or the wire keeps', () => {
  expect(bodyOf('table 300 table 5')).toMatchObject({table: 300});
  expect(bodyOf('table 5 table 300')).toMatchObject({table: 300});
  expect(bodyOf('fwmark 5/7 fwmark 6')).toMatchObject({fwmark: 6, fwmask: 7});
  expect(bodyOf('goto 11 nop')).toMatchObject({action: 3, goto: 11});
  expect(bodyOf('nop goto 11')).toMatchObject({action: 2, goto: 11});
});

test('numbers are read as scanf does', () => {
  expect(specOf('uidrange 5-10x').uidRange).toEqual({start: 5, end: 10});
  expect(specOf('dport 70000').dportRange).toEqual({start: 4464, end: 4464});
  expect(specOf('dport -5').dportRange).toEqual({start: 65531, end: 65531});
  expect(specOf('sport 1-2-3').sportRange).toEqual({start: 1, end: 2});
});

test('nat warns', () => {
  const told: string[] = [];
  parse('add nat 1.2.3.4', text => told.push(text));
  expect(told).toEqual(['Warning: route NAT is deprecated']);
});

test.each([
  ['add', '1 "ip rule add" requires arguments.'],
  ['del', '1 "ip rule del" requires arguments.'],
  ['save x', '1 "ip rule save" does not take any arguments.'],
  ['x', '255 Command "x" is unknown, try "ip rule help".'],
  ['add from', '255 Command line is not complete. Try option "help"'],
  ['add from 10.0.0.300', '1 Error: any valid prefix is expected rather than "10.0.0.300".'],
  ['show from fd00::/64', '1 Error: inet prefix is expected rather than "fd00::/64".'],
  ['add bogus', '255 Error: argument "bogus" is wrong: Failed to parse rule type'],
  ['add fwmark x/5', '255 Error: argument "x" is wrong: fwmark value is invalid|'],
  ['add fwmark 5/x', '255 Error: argument "x" is wrong: fwmask value is invalid|'],
  ['add table x', '255 Error: argument "x" is wrong: invalid table ID|'],
  ['show table x', '255 Error: argument "x" is wrong: table id value is invalid|'],
  ['add ipproto 0x11', '255 Error: argument "0x11" is wrong: Invalid "ipproto" value|'],
  ['add sport x', '255 Error: argument "x" is wrong: invalid port range|'],
  ['add dport x', '255 Error: argument "x" is wrong: invalid dport range|'],
  ['add uidrange 5', '255 Error: argument "5" is wrong: invalid UID range|'],
  ['add iif a/b', '255 Error: argument "a/b" is wrong: "iif"/"dev" not a valid ifname'],
  ['add oif abcdefghijklmnop', '255 Error: argument "abcdefghijklmnop" is wrong: "oif" not a valid ifname'],
  ['add goto x', '255 Error: argument "x" is wrong: invalid target|'],
  ['add nat x', '1 Error: an IP address is expected rather than "x"'],
  ['add sup_group x', '255 Error: argument "x" is wrong: Invalid "suppress_ifgroup" value|'],
])('%s', (line, wanted) => {
  expect(refusal(line)).toBe(wanted);
});

test('a VRF has its own table', () => {
  expect(() => bodyOf('l3mdev table 5')).toThrow(
    expect.objectContaining({status: 22, lines: ['table can not be specified for l3mdev rules']}),
  );
});
