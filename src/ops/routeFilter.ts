import {sameBits} from '../addr/bits.js';
import type {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {RTM_F_CLONED, RTN_BROADCAST, RTN_LOCAL} from '../rtnetlink/constants.js';
import type {Route} from '../rtnetlink/route/schema.js';
import type {RouteSelector} from './route.js';

/** Fields a selector has settled; the reference leaves them out of the listing. */
export interface RouteHidden {
  readonly tos: boolean;
  readonly gateway: boolean;
  readonly dev: boolean;
  readonly iif: boolean;
  readonly table: boolean;
  readonly protocol: boolean;
  readonly scope: boolean;
  readonly prefsrc: boolean;
  readonly metric: boolean;
  readonly mark: boolean;
  readonly realm: boolean;
}

/** Nothing is settled: `ip route get`, `ip monitor`. */
export const nothingHidden: RouteHidden = {
  tos: false,
  gateway: false,
  dev: false,
  iif: false,
  table: false,
  protocol: false,
  scope: false,
  prefsrc: false,
  metric: false,
  mark: false,
  realm: false,
};

/** What a selector settles. */
export function hiddenBy(selector: RouteSelector, filter: RouteFilter): RouteHidden {
  return {
    tos: selector.tos !== undefined,
    gateway: isHost(selector.via),
    dev: filter.oif !== 0,
    iif: filter.iif !== 0,
    table: filter.table > 0,
    protocol: typeof selector.protocol === 'number',
    scope: typeof selector.scope === 'number',
    prefsrc: isHost(selector.prefsrc),
    metric: selector.metric !== undefined,
    mark: selector.mark !== undefined,
    realm: selector.realm !== undefined && selector.realm.mask === 0xffffffff,
  };
}

function isHost(prefix: ParsedPrefix | undefined): boolean {
  return prefix?.address !== undefined && prefix.length === prefix.address.bits;
}

/** Keys of a selector that the kernel does not check by itself. */
export const CHECKED: readonly (keyof RouteSelector)[] = [
  'vrf',
  'protocol',
  'scope',
  'type',
  'tos',
  'metric',
  'mark',
  'realm',
  'dst',
  'from',
  'via',
  'prefsrc',
];

/** A selector ready for work: names are looked up, unused parts are undefined. */
export interface RouteFilter {
  /** 0 for both. */
  readonly family: number;
  /** 0 for all. */
  readonly table: number;
  readonly oif: number;
  readonly iif: number;
  readonly cloned: boolean;
  /** Whether the selector has more to check than tables and devices. */
  readonly active: boolean;
  readonly selector: RouteSelector;
}

/** Whether a route passes all that the kernel may not have checked. @hot */
export function passes(r: Route, filter: RouteFilter): boolean {
  const {selector} = filter;
  if (filter.family !== 0 && r.family !== filter.family) return false;
  if (filter.cloned !== ((r.flags & RTM_F_CLONED) !== 0)) return false;
  if (filter.table > 0 && (r.table ?? r.tableByte) !== filter.table) return false;
  if (filter.oif !== 0 && r.oif !== filter.oif) return false;
  if (filter.iif !== 0 && r.iif !== filter.iif) return false;
  return !filter.active || passesSelector(r, selector);
}

function passesSelector(r: Route, s: RouteSelector): boolean {
  if (s.vrf !== undefined && s.type === undefined && (r.type === RTN_LOCAL || r.type === RTN_BROADCAST)) return false;
  if (typeof s.protocol === 'number' && r.protocol !== s.protocol) return false;
  if (s.type !== undefined && r.type !== s.type) return false;
  if (typeof s.scope === 'number' && r.scope !== s.scope) return false;
  if (s.tos !== undefined && r.tos !== s.tos) return false;
  if (s.metric !== undefined && (r.priority ?? 0) !== s.metric) return false;
  if (s.mark !== undefined && (r.mark ?? 0) !== s.mark) return false;
  if (s.realm !== undefined && (((r.flow ?? 0) ^ s.realm.value) & s.realm.mask) !== 0) return false;
  if (s.dst?.root !== undefined && !below(r.family, r.dst, r.dstLen, s.dst.root)) return false;
  if (s.dst?.match !== undefined && !above(r.family, r.dst, r.dstLen, s.dst.match)) return false;
  if (s.from?.root !== undefined && !below(r.family, r.src, r.srcLen, s.from.root)) return false;
  if (s.from?.match !== undefined && !above(r.family, r.src, r.srcLen, s.from.match)) return false;
  if (s.via !== undefined && !passesVia(r, s.via)) return false;
  return s.prefsrc === undefined || inside(r.family, r.prefsrc, s.prefsrc);
}

function passesVia(r: Route, via: ParsedPrefix): boolean {
  return r.via === undefined ? inside(r.family, r.gateway, via) : inside(r.via.family, r.via.address, via);
}

/** Whether an address, all zero when absent, lies in a prefix; one without family takes any. */
function inside(family: number, address: IpAddress | undefined, prefix: ParsedPrefix): boolean {
  if (prefix.family === 0) return true;
  return family === prefix.family && sameBits(address, prefix.address, prefix.length);
}

/** `root PREFIX`: the route lies in the prefix. */
function below(family: number, address: IpAddress | undefined, length: number, prefix: ParsedPrefix): boolean {
  if (prefix.family === 0) return true;
  return family === prefix.family && length >= prefix.length && sameBits(address, prefix.address, prefix.length);
}

/** `match PREFIX`: the prefix lies in the route. `default` has no family, but takes only routes of no length. */
function above(family: number, address: IpAddress | undefined, length: number, prefix: ParsedPrefix): boolean {
  if (prefix.family === 0) return length === 0;
  return family === prefix.family && length <= prefix.length && sameBits(address, prefix.address, length);
}
