/**
 * Addresses and prefixes as the words of an `ip` command spell them. Every rule was observed on iproute2 6.1.0
 * (test/unit/addr/iproute.test.ts); the texts are laxer than inet_pton(3) and unlike inet_aton(3).
 */

import {AF_INET, AF_INET6, IpAddress} from './ip.js';

/** What a prefix word says. */
export interface ParsedPrefix {
  /** Family the word settles: 0 for `default`, `any` and `all` without a family. */
  readonly family: number;
  /** Undefined for an address of no bytes: `any` and `all`, and `default` without a family. */
  readonly address: IpAddress | undefined;
  readonly length: number;
  /** Whether a length was written. */
  readonly given: boolean;
}

/** White space that strtoul(3) skips. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** One past the largest value that callers tell apart. */
const HUGE = 0x1_0000_0000;

/**
 * Reads a number as strtoul(3) with base 0 does: blanks, sign, decimal, `0x` hex or octal.
 * @returns the value (capped to 2^32, also for negative ones) and where it ends; undefined where no digits are
 */
export function parseUnsigned(text: string, at = 0): {readonly value: number; readonly end: number} | undefined {
  let i = at;
  while (isSpace(text.charCodeAt(i))) i++;
  let negative = false;
  const sign = text.charCodeAt(i);
  if (sign === 43 || sign === 45) {
    negative = sign === 45;
    i++;
  }
  let base = 10;
  if (text.charCodeAt(i) === 48) {
    base = 8;
    if ((text.charCodeAt(i + 1) | 32) === 120 && digitOf(text.charCodeAt(i + 2)) < 16) {
      base = 16;
      i += 2;
    }
  }
  const start = i;
  let value = 0;
  for (; i < text.length; i++) {
    const digit = digitOf(text.charCodeAt(i));
    if (digit >= base) break;
    value = Math.min(value * base + digit, HUGE);
  }
  if (i === start) return undefined;
  return {value: negative && value > 0 ? HUGE : value, end: i};
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 16;
}

/** One to four numbers up to 255 joined by dots; what is missing at the end is zero: `10.1` is 10.1.0.0. */
function parseInet(text: string): IpAddress | undefined {
  let word = 0;
  let at = 0;
  for (let shift = 24; shift >= 0; shift -= 8) {
    const part = parseUnsigned(text, at);
    if (part === undefined || part.value > 255) return undefined;
    word |= part.value << shift;
    if (part.end === text.length) return IpAddress.inet(word);
    if (text.charCodeAt(part.end) !== 46) return undefined;
    at = part.end + 1;
  }
  return undefined;
}

/**
 * An address without length.
 * @param family 0 for either, else AF_INET or AF_INET6; `default` without a family is 0.0.0.0
 */
export function parseAddress(text: string, family: number): IpAddress | undefined {
  if (text === 'default') return family === AF_INET6 ? IpAddress.inet6(0, 0, 0, 0) : IpAddress.inet(0);
  if (text.includes(':')) return family === AF_INET ? undefined : IpAddress.tryParse(text);
  return family === 0 || family === AF_INET ? parseInet(text) : undefined;
}

/** Length from `24`, `0x18` or a dotted mask such as `255.255.0.0` or `255.255`. */
function parseLength(text: string, bits: number): number | undefined {
  const number = parseUnsigned(text);
  if (number !== undefined && number.end === text.length) return number.value <= bits ? number.value : undefined;
  const mask = text.includes(':') ? undefined : parseInet(text);
  if (mask === undefined) return undefined;
  const length = Math.clz32(~mask.w0);
  return length === 32 || mask.w0 << length === 0 ? length : undefined;
}

/**
 * A prefix: `10/8`, `10.1.0.0/255.255.0.0`, `fd00::/8`, `default`, `any`, `all`, or an address alone.
 * @param family 0 for either; of others only AF_INET and AF_INET6 know more than the three words
 */
export function parsePrefix(text: string, family: number): ParsedPrefix | undefined {
  if (text === 'default' || text === 'any' || text === 'all') {
    const zero =
      text !== 'default'
        ? undefined
        : family === AF_INET
          ? IpAddress.inet(0)
          : family === AF_INET6
            ? IpAddress.inet6(0, 0, 0, 0)
            : undefined;
    return {family, address: zero, length: 0, given: false};
  }
  const slash = text.indexOf('/');
  const word = slash < 0 ? text : text.slice(0, slash);
  if (word === 'default') return undefined;
  const address = parseAddress(word, family);
  if (address === undefined) return undefined;
  if (slash < 0) return {family: address.family, address, length: address.bits, given: false};
  const length = parseLength(text.slice(slash + 1), address.bits);
  return length === undefined ? undefined : {family: address.family, address, length, given: true};
}
