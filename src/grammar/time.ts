import {scan} from './numbers.js';

/** A time as `rtt` and its kin take it: milliseconds, or the raw number when there was no unit. */
export interface Time {
  readonly value: number;
  readonly raw: boolean;
}

/**
 * Reads `100ms`, `1.5s`, `0x10`. Rounded up to whole milliseconds, modulo 2^32, as the reference does.
 * @returns undefined when it is no time
 */
export function parseTime(word: string): Time | undefined {
  let value: number;
  let end: number;
  if (word.includes('.')) {
    const hex = /^\s*([+-]?)0x(?=\.?[\da-f])([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d+))?/i.exec(word);
    const found = hex ?? /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(word);
    if (found === null) return undefined;
    value = hex === null ? Number(found[0]) : hexFloat(hex);
    end = found[0].length;
    if (value < 0) return undefined;
  } else {
    const read = scan(word, 0);
    if (read.end === 0 || read.overflow) return undefined;
    value = Number(read.value);
    end = read.end;
  }
  const unit = word.slice(end).toLowerCase();
  if (unit === 's' || unit === 'sec' || unit === 'secs') value *= 1000;
  else if (unit !== '' && unit !== 'ms' && unit !== 'msec' && unit !== 'msecs') return undefined;
  const whole = value >= 2 ** 63 ? 0 : Math.floor(value) % 2 ** 32;
  return {value: (whole < value ? whole + 1 : whole) >>> 0, raw: unit === ''};
}

/** A hexadecimal number with a fraction: sign, both sides of the point, exponent of two. */
function hexFloat([, sign, whole = '', fraction = '', power = '0']: RegExpExecArray): number {
  const value = Number.parseInt(`0${whole}${fraction}`, 16) * 2 ** (Number(power) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}
