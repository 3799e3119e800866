import {expect, test} from 'vitest';
import {parseAddress, parsePrefix, parseUnsigned} from '../../../src/addr/iproute.js';

function show(text: string, family = 0): string | undefined {
  const prefix = parsePrefix(text, family);
  return prefix && `${prefix.family} ${prefix.address ?? '-'}/${prefix.length}`;
}

test.each([
  ['10', '2 10.0.0.0/32'],
  ['10/8', '2 10.0.0.0/8'],
  ['10.1/16', '2 10.1.0.0/16'],
  ['010.1.2.3', '2 8.1.2.3/32'],
  ['0x0a.1.2.3', '2 10.1.2.3/32'],
  ['10/255.0.0.0', '2 10.0.0.0/8'],
  ['10/255.0', '2 10.0.0.0/8'],
  ['10/0x8', '2 10.0.0.0/8'],
  ['10/010', '2 10.0.0.0/8'],
  ['10/ 8', '2 10.0.0.0/8'],
  ['10/+8', '2 10.0.0.0/8'],
  [' 10', '2 10.0.0.0/32'],
  ['+10', '2 10.0.0.0/32'],
  ['10. 1', '2 10.1.0.0/32'],
  ['10.1.1.1/0xff.0', '2 10.1.1.1/8'],
  ['1.2.3.4/0.0.0.0', '2 1.2.3.4/0'],
  ['1.2.3.4/255.255.255.255', '2 1.2.3.4/32'],
  ['fd00::1/255.255.255.255', '10 fd00::1/32'],
  ['FD00::A/64', '10 fd00::a/64'],
  ['::ffff:1.2.3.4/96', '10 ::ffff:1.2.3.4/96'],
  ['default', '0 -/0'],
  ['any', '0 -/0'],
  ['all', '0 -/0'],
])('prefix %j is %s', (text, shown) => expect(show(text)).toBe(shown));

test.each([
  '0x0a010203',
  '10.1.2.3.4',
  '10.256',
  '1.2.3.',
  '.1.2.3',
  '1..2',
  '',
  '/',
  '10/',
  '10/33',
  '10/255.255.0.255',
  '10/-1',
  '10/08',
  '10 /8',
  'default/0',
  'any/8',
  '-10',
  '10.-1',
  '10.1/a',
  '10.1.2.3/24/5',
  '10.0x',
  '10.08',
  '10/8 ',
  '::1/129',
  '::1/ffff::',
  'fd00::1%lo/64',
  '1:2:3',
  'fd00:',
  ':',
  '1::00001',
  '1::2::3',
  ' ::1',
  '::1 ',
  'fd00::010.1.2.3',
  'fd00::10.1.2',
  '00:11:22:33:44:55',
  '1.2.3.4/4294967304',
  '1.2.3.4/18446744073709551624',
  '4294967306.1',
  '10.1.1.1/128',
  '10.1.1.1/224',
  '10.1.1.1/ ',
  '10.1.1.1/0x',
  '10.1.1.1/.8',
  '10.1.1.1/::',
  'hello',
])('%j is no prefix', text => expect(show(text)).toBeUndefined());

test('a family is obeyed', () => {
  expect(show('10/8', 10)).toBeUndefined();
  expect(show('fd00::/8', 2)).toBeUndefined();
  expect(show('default', 2)).toBe('2 0.0.0.0/0');
  expect(show('default', 10)).toBe('10 ::/0');
  expect(show('any', 2)).toBe('2 -/0');
  expect(show('0', 10)).toBeUndefined();
});

test('an address has no length', () => {
  expect(String(parseAddress('10.2', 0))).toBe('10.2.0.0');
  expect(String(parseAddress('default', 2))).toBe('0.0.0.0');
  expect(parseAddress('10/8', 2)).toBeUndefined();
  expect(parseAddress('fd00::1', 2)).toBeUndefined();
  expect(parseAddress('10.0.0.1', 10)).toBeUndefined();
});

test('numbers are those of strtoul', () => {
  expect(parseUnsigned('0x')).toEqual({value: 0, end: 1});
  expect(parseUnsigned('-1')?.value).toBe(0x1_0000_0000);
  expect(parseUnsigned('x')).toBeUndefined();
});
