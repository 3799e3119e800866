import {AF_INET, AF_INET6, IpAddress} from '../addr/ip.js';
import {readLines} from './file.js';

/** Family of link-layer addresses. Source: bits/socket.h. */
const AF_PACKET = 17;

/** One multicast address that a link listens to. */
export interface Membership {
  readonly index: number;
  readonly ifname: string;
  /** AF_PACKET for a link-layer address, else AF_INET or AF_INET6. */
  readonly family: number;
  /** Bytes of a link-layer address. */
  readonly link?: Uint8Array;
  readonly address?: IpAddress;
  /** How often it was asked for. */
  readonly users: number;
  /** Whether it was added by hand: `ip maddress add`. */
  readonly isStatic: boolean;
}

/** Bytes of hex digits. */
function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({length: hex.length >> 1}, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** /proc/net/dev_mcast: index, name, users, users by hand, address. */
export function linkMemberships(lines: readonly string[]): Membership[] {
  return lines.map(line => {
    const [index, ifname = '', users, byHand, hex = ''] = line.trim().split(/\s+/);
    return {
      index: Number(index),
      ifname,
      family: AF_PACKET,
      link: bytesOf(hex),
      users: Number(users),
      isStatic: Number(byHand) > 0,
    };
  });
}

/** /proc/net/igmp: a line for each link, then one for each of its groups, the address in the byte order of the host. */
export function inetMemberships(lines: readonly string[]): Membership[] {
  const found: Membership[] = [];
  let index = 0;
  let ifname = '';
  for (const line of lines.slice(1)) {
    if (!line.startsWith('\t')) {
      const link = /^(\d+)\s+(\S+?)\s*:/.exec(line);
      index = Number(link?.[1] ?? 0);
      ifname = link?.[2] ?? '';
      continue;
    }
    const [hex = '', users] = line.trim().split(/\s+/);
    const word = new Uint8Array(Uint32Array.of(Number.parseInt(hex, 16)).buffer);
    const address = IpAddress.fromBytes(word, 0, 4);
    found.push({index, ifname, family: AF_INET, address, users: Number(users), isStatic: false});
  }
  return found;
}

/** /proc/net/igmp6: index, name, address, users. */
export function inet6Memberships(lines: readonly string[]): Membership[] {
  return lines.map(line => {
    const [index, ifname = '', hex = '', users] = line.trim().split(/\s+/);
    const address = IpAddress.fromBytes(bytesOf(hex), 0, 16);
    return {index: Number(index), ifname, family: AF_INET6, address, users: Number(users), isStatic: false};
  });
}

/** Addresses of one family, or with 0 of all, that links of the calling thread's namespace listen to, by family. */
export function memberships(family: number): Membership[] {
  const lines = (name: string): readonly string[] => readLines(`/proc/thread-self/net/${name}`);
  return [
    ...(family === 0 || family === AF_PACKET ? linkMemberships(lines('dev_mcast')) : []),
    ...(family === 0 || family === AF_INET ? inetMemberships(lines('igmp')) : []),
    ...(family === 0 || family === AF_INET6 ? inet6Memberships(lines('igmp6')) : []),
  ];
}
