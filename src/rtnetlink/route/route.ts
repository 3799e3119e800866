import type {CallOptions} from '../../netlink/async.js';
import type {Encodable} from '../../netlink/schema.js';
import {AF_INET, RTM_F_CLONED, RTNH_F_ONLINK} from '../constants.js';
import {
  type AddressInput,
  change,
  type Device,
  type FamilyInput,
  type InputContext,
  type NamedInput,
  optional,
  type PrefixInput,
  toAddress,
  toFamily,
  toNumber,
  toPosition,
  toPrefix,
} from '../input.js';
import {Listing, type Query} from '../listing.js';
import type {Draft} from '../request.js';
import {ROUTE_TYPES, type RouteType} from '../words.js';
import {type RouteMessageRequest, routeRequests} from './requests.js';
import type {metrics, Route, RouteRequest} from './schema.js';

/** One leg of a multipath route: `nexthop via GATEWAY dev DEV weight N`. */
export interface NexthopInput {
  readonly gateway?: AddressInput | undefined;
  readonly dev?: Device | undefined;
  /** 1 to 256, 1 by default. */
  readonly weight?: number | undefined;
  readonly onlink?: boolean | undefined;
}

/** A route as `ip route add` takes it. Names are those of /etc/iproute2. */
export interface RouteInput {
  /** Destination; `default` is the default route, of the gateway's family. */
  readonly dst: PrefixInput | 'default';
  /** Source prefix (IPv6 subtrees). */
  readonly src?: PrefixInput | undefined;
  /** `unicast` by default. */
  readonly type?: RouteType | undefined;
  readonly family?: FamilyInput | undefined;
  /** Next router; one of another family than the destination's is sent as such. */
  readonly gateway?: AddressInput | undefined;
  readonly dev?: Device | undefined;
  /** Source address of packets the machine itself sends. */
  readonly prefsrc?: AddressInput | undefined;
  readonly metric?: number | undefined;
  /** `main` by default, `local` for local, broadcast, anycast and nat routes. */
  readonly table?: NamedInput | undefined;
  /** Who installs the route; `boot` by default. */
  readonly protocol?: NamedInput | undefined;
  /** By default `global` with a gateway, `link` without. */
  readonly scope?: NamedInput | undefined;
  /** TOS byte the route is for. */
  readonly tos?: number | undefined;
  /** The gateway is on the link though no prefix says so. */
  readonly onlink?: boolean | undefined;
  readonly metrics?: Encodable<typeof metrics> | undefined;
  readonly nexthops?: readonly NexthopInput[] | undefined;
  /** Id of a nexthop object. */
  readonly nexthopId?: number | undefined;
  /** Seconds the route lives (IPv6). */
  readonly expiresSeconds?: number | undefined;
  /** Light-weight tunnel as in the schema: LWTUNNEL_ENCAP_* and its fields. */
  readonly encapType?: number | undefined;
  readonly encap?: RouteRequest['encap'] | undefined;
}

/** Which routes; all that is given has to fit. */
export interface RouteFilter {
  /** Both by default. */
  readonly family?: FamilyInput | undefined;
  /** `main` by default; `all` is every table. */
  readonly table?: NamedInput | undefined;
  readonly dev?: Device | undefined;
  readonly protocol?: NamedInput | undefined;
  readonly scope?: NamedInput | undefined;
  readonly type?: RouteType | undefined;
  /** Exactly this destination. */
  readonly dst?: PrefixInput | 'default' | undefined;
  readonly gateway?: AddressInput | undefined;
  /** Cached routes instead (redirects, path MTUs). */
  readonly cloned?: boolean | undefined;
}

/** A packet to find the route of. */
export interface RouteLookup {
  readonly dst: AddressInput;
  readonly from?: AddressInput | undefined;
  /** Link the packet leaves by. */
  readonly dev?: Device | undefined;
  /** Link the packet came from: the machine forwards. */
  readonly iif?: Device | undefined;
  readonly mark?: number | undefined;
  readonly uid?: number | undefined;
  readonly tos?: number | undefined;
  /** IPPROTO_ number. */
  readonly ipProto?: number | undefined;
  readonly sport?: number | undefined;
  readonly dport?: number | undefined;
  /** The route of the table instead of what becomes of the packet. */
  readonly fibMatch?: boolean | undefined;
}

const devicesOf = (input: RouteInput): (Device | undefined)[] => [
  input.dev,
  ...(input.nexthops ?? []).map(nexthop => nexthop.dev),
];
const verb = (make: (body: RouteRequest) => RouteMessageRequest) =>
  change<RouteInput>(devicesOf, (input, context) => make(routeBody(input, context)));

/** Changes of routes, one by one or in a batch. */
export const routeChanges = {
  add: verb(routeRequests.add),
  change: verb(routeRequests.change),
  replace: verb(routeRequests.replace),
  prepend: verb(routeRequests.prepend),
  append: verb(routeRequests.append),
  delete: verb(routeRequests.delete),
} as const;

/** Routes of one namespace. */
export class Routes extends Listing<RouteFilter, Route> {
  /** The route a packet takes: `ip route get`. @throws {NetlinkError} ENETUNREACH, EHOSTUNREACH, EINVAL, EACCES */
  async get(lookup: RouteLookup | AddressInput, options?: CallOptions): Promise<Route> {
    const wanted: RouteLookup = typeof lookup === 'string' || !('dst' in lookup) ? {dst: lookup} : lookup;
    const index = (device: Device | undefined): Promise<number> | undefined =>
      optional(device, d => this.session.index(d, options));
    const body: RouteRequest = {
      dst: toAddress('dst', wanted.dst),
      src: optional(wanted.from, a => toAddress('from', a)),
      oif: await index(wanted.dev),
      iif: await index(wanted.iif),
      mark: wanted.mark,
      uid: wanted.uid,
      tos: wanted.tos,
      ipProto: wanted.ipProto,
      sport: wanted.sport,
      dport: wanted.dport,
    };
    return this.session.connection.get(routeRequests.get(body, {fibMatch: wanted.fibMatch === true}), options);
  }

  /** `ip route add`. @throws {NetlinkError} EEXIST; ENETUNREACH for a gateway no route leads to */
  add(route: RouteInput, options?: CallOptions): Promise<void> {
    return this.session.change(routeChanges.add, route, options);
  }

  /** `ip route change`. @throws {NetlinkError} ENOENT */
  change(route: RouteInput, options?: CallOptions): Promise<void> {
    return this.session.change(routeChanges.change, route, options);
  }

  /** `ip route replace`. @throws {NetlinkError} */
  replace(route: RouteInput, options?: CallOptions): Promise<void> {
    return this.session.change(routeChanges.replace, route, options);
  }

  /** `ip route prepend`: before routes of the same prefix. @throws {NetlinkError} */
  prepend(route: RouteInput, options?: CallOptions): Promise<void> {
    return this.session.change(routeChanges.prepend, route, options);
  }

  /** `ip route append`: behind routes of the same prefix. @throws {NetlinkError} */
  append(route: RouteInput, options?: CallOptions): Promise<void> {
    return this.session.change(routeChanges.append, route, options);
  }

  /** Deletes the first route that fits: `ip route del`. @throws {NetlinkError} ESRCH */
  delete(route: RouteInput, options?: CallOptions): Promise<void> {
    return this.session.change(routeChanges.delete, route, options);
  }

  /** Deletes all routes that fit: `ip route flush`. @returns how many */
  async flush(filter: RouteFilter, options?: CallOptions): Promise<number> {
    const routes = await this.list(filter, options);
    return this.session.deleteAll(routes.map(routeRequests.deleteRecord), ['ESRCH', 'ENOENT'], options);
  }

  protected override async query(filter: RouteFilter, options: CallOptions | undefined): Promise<Query<Route>> {
    const {names} = this.session;
    const family = toFamily(filter.family);
    const table = filter.table === 'all' ? undefined : toNumber('table', names.table, filter.table ?? 'main');
    const oif = filter.dev === undefined ? undefined : await this.session.index(filter.dev, options);
    const protocol = optional(filter.protocol, p => toNumber('protocol', names.protocol, p));
    const scope = optional(filter.scope, s => toNumber('scope', names.scope, s));
    const type = optional(filter.type, t => toPosition('type', ROUTE_TYPES, t));
    const dst = filter.dst === undefined || filter.dst === 'default' ? undefined : toPrefix('dst', filter.dst);
    const gateway = optional(filter.gateway, a => toAddress('gateway', a));
    const cloned = filter.cloned === true ? RTM_F_CLONED : 0;
    // Only what every kernel understands; the rest, and all of it on kernels without strict checking, is sorted out here.
    const request = routeRequests.list({family, flags: cloned, table, oif});
    return {
      request,
      passes: route =>
        (family === 0 || route.family === family) &&
        (table === undefined || route.tableId === table) &&
        (oif === undefined || route.oif === oif || route.multipath?.some(leg => leg.oif === oif) === true) &&
        (protocol === undefined || route.protocol === protocol) &&
        (scope === undefined || route.scope === scope) &&
        (type === undefined || route.type === type) &&
        (filter.dst !== 'default' || route.dstLen === 0) &&
        (dst === undefined || route.destination?.equals(dst) === true) &&
        (gateway === undefined || route.gateway?.equals(gateway) === true) &&
        (route.flags & RTM_F_CLONED) === cloned,
    };
  }
}

function routeBody(input: RouteInput, {index, names}: InputContext): RouteRequest {
  const dst = input.dst === 'default' ? undefined : toPrefix('dst', input.dst);
  const src = optional(input.src, p => toPrefix('src', p));
  const prefsrc = optional(input.prefsrc, a => toAddress('prefsrc', a));
  const gateway = optional(input.gateway, a => toAddress('gateway', a));
  const legs = input.nexthops?.map(leg => legBody(leg, index));
  const told =
    toFamily(input.family) || (dst?.address ?? src?.address ?? prefsrc ?? gateway ?? legs?.[0]?.gateway)?.family;
  const family = told ?? AF_INET;
  // The default prefix has no address on the wire.
  const body: Draft<RouteRequest> = {family, tos: input.tos, flags: input.onlink === true ? RTNH_F_ONLINK : 0};
  if (dst !== undefined && dst.length > 0) Object.assign(body, {dst: dst.address, dstLen: dst.length});
  if (src !== undefined && src.length > 0) Object.assign(body, {src: src.address, srcLen: src.length});
  body.type = optional(input.type, t => toPosition('type', ROUTE_TYPES, t));
  body.protocol = optional(input.protocol, p => toNumber('protocol', names.protocol, p));
  body.scope = optional(input.scope, s => toNumber('scope', names.scope, s));
  if (gateway !== undefined && gateway.family !== family) body.via = {family: gateway.family, address: gateway};
  else body.gateway = gateway;
  body.priority = input.metric;
  body.prefsrc = prefsrc;
  body.table = optional(input.table, t => toNumber('table', names.table, t));
  body.oif = optional(input.dev, index);
  body.metrics = input.metrics;
  body.multipath = legs;
  body.nhId = input.nexthopId;
  body.expires = input.expiresSeconds;
  body.encap = input.encap;
  body.encapType = input.encapType;
  return body;
}

function legBody(input: NexthopInput, index: (device: Device) => number) {
  return {
    flags: input.onlink === true ? RTNH_F_ONLINK : 0,
    hops: (input.weight ?? 1) - 1,
    oif: optional(input.dev, index) ?? 0,
    gateway: optional(input.gateway, a => toAddress('nexthops.gateway', a)),
  };
}
