import {be64, i32, u8, u32} from '../netlink/schema.js';

/**
 * Attributes of identifier-locator addressing, in `encap ila` of routes and in its own family.
 * Source: uapi linux/ila.h, ILA_ATTR_*.
 */
export const ilaAttributes = {
  locatorMatch: [3, be64],
  locator: [1, be64],
  identifier: [2, be64],
  ifindex: [4, i32],
  dir: [5, u32],
  csumMode: [7, u8],
  identType: [8, u8],
  hookType: [9, u8],
} as const;

/** Source: uapi linux/ila.h, ILA_CSUM_*. */
export const ilaCsumModes = {'adj-transport': 0, 'neutral-map': 1, 'no-action': 2, 'neutral-map-auto': 3} as const;
/** Source: uapi linux/ila.h, ILA_HOOK_ROUTE_*. */
export const ilaHookTypes = {output: 0, input: 1} as const;
/** Types of an identifier that requests may name. Source: uapi linux/ila.h, ILA_ATYPE_*. */
export const ilaIdentWords = {luid: 1, 'use-format': 32} as const;
/** All of them. */
export const ilaIdentTypes = {
  ...ilaIdentWords,
  iid: 0,
  'virt-v4': 2,
  'virt-uni-v6': 3,
  'virt-multi-v6': 4,
  'nonlocal-addr': 5,
} as const;

/** `1:2:3:4` as a 64-bit number; undefined for other texts. Fewer parts than four are the first ones. */
export function parseLocator(text: string): bigint | undefined {
  const parts = text.split(':');
  if (parts.length > 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // As strtoul(3) reads base 16.
    const digits = /^\s*\+?(?:0x)?([0-9a-f]+)$/i.exec(part)?.[1];
    const number = Number.parseInt(digits ?? '', 16);
    if (!(number <= 0xffff)) return undefined;
    value = (value << 16n) | BigInt(number);
  }
  return value << BigInt(16 * (4 - parts.length));
}

/** `1:2:3:4`. */
export function formatLocator(value: bigint): string {
  return [48n, 32n, 16n, 0n].map(shift => ((value >> shift) & 0xffffn).toString(16)).join(':');
}

/** Word of a number in one of the tables above. */
export function ilaWord(table: Readonly<Record<string, number>>, value: number | undefined): string | undefined {
  return Object.keys(table).find(word => table[word] === value);
}
