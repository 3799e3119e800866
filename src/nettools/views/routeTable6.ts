import {IpAddress} from '../../addr/ip.js';
import {type HostNames, hostText} from '../resolve.js';
import type {FixedColumn} from '../table.js';

/** One line of /proc/net/ipv6_route: reference counts stand nowhere else. */
export interface Route6 {
  readonly dst: IpAddress;
  readonly dstLen: number;
  readonly gateway: IpAddress;
  readonly metric: number;
  readonly refs: number;
  readonly use: number;
  /** RTF_ bits, unsigned. */
  readonly flags: number;
  readonly ifname: string;
}

/** Look-ups of the table; absent with `-n`. */
export interface Route6Context {
  readonly hosts?: HostNames | undefined;
}

/** Entries of the cache are shown apart. */
const RTF_CACHE = 0x01000000;

/** Letters of the flags, in the order they are shown. Source: uapi linux/route.h and linux/ipv6_route.h, RTF_*. */
const letters: readonly (readonly [letter: string, bit: number])[] = [
  ['U', 0x1],
  ['!', 0x200],
  ['G', 0x2],
  ['H', 0x4],
  ['D', 0x10000],
  ['A', 0x40000],
  ['a', 0x20000],
  ['C', RTF_CACHE],
  ['e', 0x400000],
  ['m', 0x20],
  ['n', 0x200000],
  ['f', 0x2000000],
];

/** Whether a route belongs to the cache, not to the table itself. */
export function isCached(route: Route6): boolean {
  return (route.flags & RTF_CACHE) !== 0;
}

/** Lines of /proc/net/ipv6_route as records; lines of another form are left out. */
export function parseRoutes6(text: string): Route6[] {
  const routes: Route6[] = [];
  for (const line of text.split('\n')) {
    const [dst, dstLen, , , gateway, metric, refs, use, flags, ifname] = line.trim().split(/\s+/);
    if (ifname === undefined) continue;
    const number = (hex: string | undefined): number => Number.parseInt(hex ?? '0', 16);
    routes.push({
      dst: addressOf(dst as string),
      dstLen: number(dstLen),
      gateway: addressOf(gateway as string),
      metric: number(metric) | 0,
      refs: number(refs) | 0,
      use: number(use) | 0,
      flags: number(flags),
      ifname,
    });
  }
  return routes;
}

function addressOf(hex: string): IpAddress {
  const word = (at: number): number => Number.parseInt(hex.slice(at, at + 8), 16);
  return IpAddress.inet6(word(0), word(8), word(16), word(24));
}

/** Columns of the IPv6 table, which has one form only. */
export const route6Columns: readonly FixedColumn<Route6, Route6Context>[] = [
  {header: 'Destination', width: 30, write: (out, r, {hosts}) => out.text(`${hostText(r.dst, hosts)}/${r.dstLen}`)},
  {header: 'Next Hop', width: 26, write: (out, r, {hosts}) => out.text(hostText(r.gateway, hosts))},
  {
    header: 'Flag',
    width: 4,
    write(out, r) {
      for (const [letter, bit] of letters) if ((r.flags & bit) !== 0) out.ascii(letter);
    },
  },
  {header: 'Met', width: 3, write: (out, r) => out.int(r.metric)},
  {header: 'Ref', width: 1, write: (out, r) => out.int(r.refs)},
  {header: 'Use', width: 6, right: true, write: (out, r) => out.int(r.use)},
  {header: 'If', width: 0, write: (out, r) => out.text(r.ifname)},
];
