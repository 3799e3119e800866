import type {IpAddress} from '../addr/ip.js';
import {readLines} from './file.js';

/**
 * Places of the IPv6 addresses in /proc/net/if_inet6: the kernel lists them by a hash that it keeps to itself, so their
 * order is nowhere else.
 * @returns gives the place of an address of the link with that index; those that are not there come last
 */
export function inet6Places(
  lines = readLines('/proc/net/if_inet6'),
): (index: number, address: IpAddress | undefined) => number {
  const places = new Map<string, number>();
  for (const [place, line] of lines.entries()) {
    const [address = '', index = ''] = line.split(' ');
    places.set(`${Number.parseInt(index, 16)} ${address}`, place);
  }
  return (index, address) => (address && places.get(`${index} ${digits(address)}`)) ?? lines.length;
}

/** 32 hex digits. */
function digits({w0, w1, w2, w3}: IpAddress): string {
  return [w0, w1, w2, w3].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
