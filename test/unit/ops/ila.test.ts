import {expect, test} from 'vitest';
import {Cursor, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import {changeIla, ilaMessage, ilaVerbs, type openIla} from '../../../src/ops/ila.js';
import {formatLocator, parseLocator} from '../../../src/rtnetlink/ila.js';
import {device, keeping} from './generic.js';

function sentBy(line: string): string[] {
  const {family, sent} = keeping(ilaMessage);
  const command = parseVerbs(ilaVerbs, new Cursor(line.split(' ')), {family: 0, names: new Names(), program: 'ip'});
  if (command.verb === 'list') throw new Error('a change was expected');
  changeIla(command.verb, command.spec, family as unknown as ReturnType<typeof openIla>, device);
  return sent;
}

/** Payloads of the reference for `ip ila WORDS`. */
test.each([
  [
    'add loc_match 1:2:3:44 loc 5:6:7:9 dev d1 csum-mode neutral-map ident-type luid',
    '01010000 0c000300 0001000200030044 0c000100 0005000600070009 08000400 03000000 05000700 01000000 05000800 01000000',
  ],
  ['add loc_match 1:2:3:45 loc 5:6:7:9', '01010000 0c000300 0001000200030045 0c000100 0005000600070009'],
  [
    'del loc_match 1:2:3:44 dev d1 loc 1:2:3:4',
    '02010000 0c000300 0001000200030044 0c000100 0001000200030004 08000400 03000000',
  ],
])('ila %s', (line, payload) => {
  expect(sentBy(line)).toEqual([payload.replaceAll(' ', '')]);
});

test.each([
  ['add', 'ila: missing locator'],
  ['add loc 1:2:3:4', 'ila: missing locator0match'],
  ['add loc_match 1:2:3:4:5', 'Bad locator to match: 1:2:3:4:5'],
  ['add loc x', 'Bad locator: x'],
  ['add loc 1::2', 'Bad locator: 1::2'],
  ['add loc 11111:2:3:4', 'Bad locator: 11111:2:3:4'],
  ['add csum-mode adj', 'Bad csum-mode: adj'],
  ['add ident-type iid', 'Bad ident-type: iid'],
])('a mistake sends nothing: ila %s', (line, told) => {
  expect(() => sentBy(line)).toThrow(told);
});

test('locators as text and as numbers', () => {
  expect(parseLocator('1:2:ffff:FFFF')).toBe(0x00010002ffffffffn);
  expect(parseLocator('1:2')).toBe(0x0001000200000000n);
  expect(formatLocator(0x0001000200030044n)).toBe('1:2:3:44');
});

test.each([
  ['+5', 0x5_0000_0000_0000n],
  [' 0x5:1', 0x5_0001_0000_0000n],
  ['0', 0n],
  ['-1', undefined],
  ['10000', undefined],
  ['0x', undefined],
  ['1:', undefined],
])('a locator as strtoul reads it: %s', (text, value) => expect(parseLocator(text)).toBe(value));
