import {expect, test} from 'vitest';
import {general, rounded, tenths, writeMilliseconds, writeRate} from '../../../src/ss/decimal.js';

function written(write: (into: Uint8Array, at: number) => number): string {
  const into = new Uint8Array(64);
  return Buffer.from(into.subarray(0, write(into, 0))).toString('latin1');
}

test('%g', () => {
  expect(general(0.00390625)).toBe('0.00390625');
  expect(general(4294967.295)).toBe('4.29497e+06');
  expect(general(2.88671875)).toBe('2.88672');
  expect(general(7.378697629e13, 3)).toBe('7.38e+13');
  // Exact halves go to the even neighbour, as in C.
  expect(general(12.25, 3)).toBe('12.2');
  expect(general(1.135, 3)).toBe('1.14');
});

test('%.1f and %.0f', () => {
  expect([tenths(0.25), tenths(0.75), tenths(33.333), tenths(100)]).toEqual(['0.2', '0.8', '33.3', '100.0']);
  expect([rounded(0.5), rounded(1.5), rounded(2.5), rounded(2 ** 66)]).toEqual(['0', '2', '2', '73786976294838206464']);
});

test('microseconds as milliseconds', () => {
  const ms = (us: number): string => written((into, at) => writeMilliseconds(us, into, at));
  expect([8, 40, 1500, 204000, 999_999, 1_234_567].map(ms)).toEqual([
    '0.008',
    '0.04',
    '1.5',
    '204',
    '999.999',
    '1234.57',
  ]);
});

test('rates', () => {
  const rate = (bits: number, numeric: boolean): string => written((into, at) => writeRate(bits, numeric, into, at));
  expect(rate(1816, true)).toBe('1816bps');
  expect(rate(1816, false)).toBe('1.82kbps');
  expect(rate(628.777, false)).toBe('628.777bps');
  expect(rate(999_504, false)).toBe('1e+03kbps');
  expect(rate(2 ** 67, true)).toBe('147573952589676412928bps');
  expect(rate(2 ** 67, false)).toBe('1.48e+08Tbps');
});
