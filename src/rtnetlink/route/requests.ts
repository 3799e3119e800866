import type {IpAddress} from '../../addr/ip.js';
import type {Request} from '../../netlink/message.js';
import {
  AF_INET,
  AF_INET6,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_NOWHERE,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RT_TABLE_UNSPEC,
  RTM_DELROUTE,
  RTM_F_FIB_MATCH,
  RTM_F_LOOKUP_TABLE,
  RTM_GETROUTE,
  RTM_NEWROUTE,
  RTN_ANYCAST,
  RTN_BROADCAST,
  RTN_LOCAL,
  RTN_MULTICAST,
  RTN_NAT,
  RTN_UNICAST,
  RTN_UNSPEC,
  RTPROT_BOOT,
} from '../constants.js';
import {ADD, APPEND, CHANGE, type Draft, makeRequest, PREPEND, REPLACE, TEST} from '../request.js';
import {type Route, type RouteRequest, routeMessage} from './schema.js';

/** A request about one route or several. */
export type RouteMessageRequest = Request<typeof routeMessage>;

/**
 * Requests of `ip route`. Bodies hold what the user said; what is left out gets the reference's defaults: table main
 * (local for local, broadcast, anycast and nat routes), protocol boot, type unicast, scope from the type and from whether there is a gateway,
 * family and prefix lengths from the addresses. `table` takes any table number. Attributes are sent in the order of the
 * body's properties.
 * Source: ip-route(8); defaults observed in test/unit/rtnetlink/route.test.ts.
 */
export const routeRequests = {
  /** Fails when the route exists: `ip route add`. */
  add: (body: RouteRequest): RouteMessageRequest => newRoute(ADD, body),
  /** Fails when the route does not exist: `ip route change`. */
  change: (body: RouteRequest): RouteMessageRequest => newRoute(CHANGE, body),
  /** `ip route replace`. */
  replace: (body: RouteRequest): RouteMessageRequest => newRoute(REPLACE, body),
  /** Puts the route before others of its prefix: `ip route prepend`. */
  prepend: (body: RouteRequest): RouteMessageRequest => newRoute(PREPEND, body),
  /** Puts the route behind others of its prefix: `ip route append`. */
  append: (body: RouteRequest): RouteMessageRequest => newRoute(APPEND, body),
  /** Changes nothing, tells whether the route exists: `ip route test`. */
  test: (body: RouteRequest): RouteMessageRequest => newRoute(TEST, body),
  /** Deletes the first route that matches: `ip route del`. */
  delete: deleteRoute,
  /** Deletes the route of a record: what `ip route flush` sends. */
  deleteRecord: (route: Route): RouteMessageRequest => makeRequest(routeMessage, RTM_DELROUTE, 0, route),
  /** The route a packet takes: `ip route get`. */
  get: getRoute,
  /** All routes, or those the kernel finds by `family`, `table`, `oif`, `protocol`, `type`: `ip route show`. */
  list: (body: RouteRequest = {}): RouteMessageRequest => makeRequest(routeMessage, RTM_GETROUTE, 0, body),
} as const;

function newRoute(flags: number, body: RouteRequest): RouteMessageRequest {
  const draft = draftOf(body);
  const type = body.type ?? RTN_UNICAST;
  draft.type = type;
  draft.protocol = body.protocol ?? RTPROT_BOOT;
  draft.scope = body.scope ?? defaultScope(draft, type);
  setTable(draft, body.table ?? body.tableByte ?? (isLocal(type) ? RT_TABLE_LOCAL : RT_TABLE_MAIN));
  return makeRequest(routeMessage, RTM_NEWROUTE, flags, draft);
}

function deleteRoute(body: RouteRequest): RouteMessageRequest {
  const draft = draftOf(body);
  const type = body.type ?? RTN_UNSPEC;
  // The kernel takes NOWHERE for any scope; inet6 has none.
  const typed = isLocal(type) || type === RTN_MULTICAST;
  const anyScope = typed ? defaultScope(draft, type) : RT_SCOPE_NOWHERE;
  draft.scope = body.scope ?? (draft.family === AF_INET6 ? RT_SCOPE_UNIVERSE : anyScope);
  setTable(draft, body.table ?? body.tableByte ?? (isLocal(type) ? RT_TABLE_LOCAL : RT_TABLE_MAIN));
  return makeRequest(routeMessage, RTM_DELROUTE, 0, draft);
}

function getRoute(body: RouteRequest, options: {readonly fibMatch?: boolean} = {}): RouteMessageRequest {
  const draft = draftOf(body);
  const lookUp = draft.family === AF_INET ? RTM_F_LOOKUP_TABLE : 0;
  draft.flags = (body.flags ?? 0) | lookUp | (options.fibMatch === true ? RTM_F_FIB_MATCH : 0);
  return makeRequest(routeMessage, RTM_GETROUTE, 0, draft);
}

function draftOf(body: RouteRequest): Draft<RouteRequest> {
  // Properties of ours come first: to add them to a spread copy costs V8 microseconds. @hot
  const ours: Draft<RouteRequest> = {family: 0, dstLen: 0, srcLen: 0, tableByte: 0, protocol: 0, scope: 0, type: 0};
  const draft = Object.assign(ours, body);
  draft.family = body.family ?? familyOf(body);
  if (body.dst !== undefined) draft.dstLen = body.dstLen ?? body.dst.bits;
  if (body.src !== undefined) draft.srcLen = body.srcLen ?? body.src.bits;
  return draft;
}

/** Family of the first address that tells it. */
function familyOf(body: RouteRequest): number {
  const leg = body.multipath?.[0];
  const told: IpAddress | undefined = body.dst ?? body.src ?? body.gateway ?? body.prefsrc ?? leg?.gateway;
  return told?.family ?? AF_INET;
}

/** The header has room for tables up to 255. */
function setTable(draft: Draft<RouteRequest>, table: number): void {
  const fits = table < 256;
  draft.tableByte = fits ? table : RT_TABLE_UNSPEC;
  if (!fits || 'table' in draft) draft.table = fits ? undefined : table;
}

function isLocal(type: number): boolean {
  return type === RTN_LOCAL || type === RTN_BROADCAST || type === RTN_NAT || type === RTN_ANYCAST;
}

function defaultScope(body: RouteRequest, type: number): number {
  if (body.family === AF_INET6) return RT_SCOPE_UNIVERSE;
  if (type === RTN_LOCAL || type === RTN_NAT) return RT_SCOPE_HOST;
  if (type === RTN_BROADCAST || type === RTN_MULTICAST || type === RTN_ANYCAST) return RT_SCOPE_LINK;
  if (type !== RTN_UNICAST && type !== RTN_UNSPEC) return RT_SCOPE_UNIVERSE;
  const far =
    body.gateway !== undefined || body.via !== undefined || body.multipath !== undefined || body.nhId !== undefined;
  return far ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
}
