import {describe, expect, test} from 'vitest';
import {scan, signed, unsigned, unsigned64} from '../../../src/grammar/numbers.js';
import {parseTime} from '../../../src/grammar/time.js';

describe('unsigned numbers are read as strtoul reads them', () => {
  test.each([
    ['0', 0],
    ['16', 16],
    ['0x10', 16],
    ['0X1F', 31],
    ['010', 8],
    [' 5', 5],
    ['\t5', 5],
    ['+5', 5],
    ['-0', 0],
    ['4294967295', 4294967295],
  ])('%j is %d', (text, value) => expect(unsigned(text, 0xffffffff)).toBe(value));
  test.each(['', '08', '1a', '-1', '4294967296', '99999999999999999999', '5 ', '0x', '0x 5', '1.5', '0b1', ' -5', 'x'])(
    '%j is none',
    text => expect(unsigned(text, 0xffffffff)).toBeUndefined(),
  );
  test('base 16 needs no prefix', () => {
    expect(unsigned('10', 255, 16)).toBe(16);
    expect(unsigned('0x10', 255, 16)).toBe(16);
    expect(unsigned('100', 255, 16)).toBeUndefined();
  });
});

describe('signed and 64-bit numbers', () => {
  test.each([
    ['-5', -5],
    ['5', 5],
    ['-0x10', -16],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
  ])('%j is %d', (text, value) => expect(signed(text, -0x80000000, 0x7fffffff)).toBe(value));
  test('out of range', () => expect(signed('2147483648', -0x80000000, 0x7fffffff)).toBeUndefined());
  test('64 bits wrap under a minus', () => {
    expect(unsigned64('18446744073709551615')).toBe(0xffffffffffffffffn);
    expect(unsigned64('-1')).toBe(0xffffffffffffffffn);
    expect(unsigned64('18446744073709551616')).toBeUndefined();
  });
  test('scan leaves what follows', () => expect(scan('12ms', 0)).toEqual({value: 12n, end: 2, overflow: false}));
});

describe('times, as RTAX_RTT was seen on the wire', () => {
  test.each([
    ['1ms', 1, false],
    ['2s', 2000, false],
    ['1.5s', 1500, false],
    ['0.5ms', 1, false],
    ['1.01ms', 2, false],
    ['.5s', 500, false],
    ['5.s', 5000, false],
    ['0x10ms', 16, false],
    ['010ms', 8, false],
    ['5msecs', 5, false],
    ['5SECS', 5000, false],
    ['1.5', 2, true],
    ['2.9', 3, true],
    ['500', 500, true],
    ['-1', 1, true],
    ['4294967295', 4294967295, true],
    ['4294967296', 1, true],
    ['5000000s', 705032705, false],
  ])('%s', (word, value, raw) => expect(parseTime(word)).toEqual({value, raw}));
  test.each(['5us', '1h', '1e3ms', '3ns', 'nan', 'inf', '5 ms', '5mse', 'ms', '', '-0.5s', '18446744073709551616'])(
    '%j is none',
    word => expect(parseTime(word)).toBeUndefined(),
  );
});
