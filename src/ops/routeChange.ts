import type {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {MISUSE, usageError} from '../grammar/errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {AF_MPLS, RTN_UNICAST, RTNH_F_ONLINK} from '../rtnetlink/constants.js';
import {type RouteMessageRequest, routeRequests} from '../rtnetlink/route/requests.js';
import type {Route, RouteMetrics, RouteRequest} from '../rtnetlink/route/schema.js';
import {deviceIndex} from './device.js';
import {type Echo, sendChange} from './echo.js';
import type {NexthopSpec, RouteSpec} from './route.js';
import {encapBody, encapTypeOf} from './routeEncapBody.js';
import type {Metric} from './routeValues.js';
import type {KernelSession} from './session.js';
import {vrfTable} from './vrf.js';

type Draft<T> = {-readonly [K in keyof T]: T[K]};
type Verb = 'add' | 'change' | 'replace' | 'prepend' | 'append' | 'test' | 'delete';

/**
 * `ip route add` and its kin.
 * @param echo gets the route as the kernel tells it back, for `-echo`
 * @throws {UsageError} when there is no prefix, or a device is unknown
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeRoute(
  verb: Verb,
  spec: RouteSpec,
  env: GrammarEnv,
  session: KernelSession,
  echo?: Echo<Route>,
): number {
  if (spec.dst === undefined) throw usageError(env.usage?.() ?? []);
  sendChange(requestOf(verb, spec, env, session), session, echo);
  return 0;
}

/** The request of a command line: attributes in the order of the words, then device, metrics and legs. @hot */
export function requestOf(verb: Verb, spec: RouteSpec, env: GrammarEnv, session: KernelSession): RouteMessageRequest {
  const family = env.family === 0 ? 2 : env.family;
  const body: Draft<RouteRequest> = {family};
  let metrics: Draft<Partial<RouteMetrics>> | undefined;
  let lock = 0;
  for (const key in spec) {
    switch (key as keyof RouteSpec) {
      case 'dst':
        if (spec.dst?.address !== undefined) body.dst = spec.dst.address;
        body.dstLen = spec.dst?.length ?? 0;
        break;
      case 'from':
        if (spec.from?.address !== undefined) body.src = spec.from.address;
        body.srcLen = spec.from?.length ?? 0;
        break;
      case 'via':
        if (spec.via === undefined) break;
        if (isOf(family, spec.via)) body.gateway = spec.via;
        else body.via = viaOf(spec.via);
        break;
      case 'onlink':
        body.flags = RTNH_F_ONLINK;
        break;
      case 'encap':
        if (spec.encap === undefined) break;
        body.encap = encapBody(spec.encap, session);
        body.encapType = encapTypeOf(spec.encap);
        break;
      case 'vrf':
        body.table = vrfTable(spec.vrf as string, session);
        break;
      case 'prefsrc':
      case 'newdst':
      case 'tos':
      case 'expires':
      case 'priority':
      case 'scope':
      case 'flow':
      case 'nhId':
      case 'protocol':
      case 'table':
      case 'pref':
      case 'ttlPropagate':
      case 'type':
        // biome-ignore lint/suspicious/noExplicitAny: the spec has the request's own names and types here
        (body as any)[key] = (spec as any)[key];
        break;
      case 'dev':
      case 'nexthops':
        break;
      default: {
        const bit = METRICS[key] as number;
        const value: number | string | Metric<number | string> = spec[key as 'mtu'] as Metric;
        metrics ??= {};
        // biome-ignore lint/suspicious/noExplicitAny: as above
        (metrics as any)[key] = typeof value === 'object' ? value.value : value;
        if (key === 'rtoMin' || (typeof value === 'object' && value.lock)) lock |= 1 << bit;
      }
    }
  }
  if (spec.dev !== undefined) body.oif = deviceIndex(spec.dev, session);
  if (metrics !== undefined) {
    if (lock !== 0) metrics.lock = lock >>> 0;
    body.metrics = metrics;
  }
  if (spec.nexthops !== undefined) body.multipath = spec.nexthops.map(leg => legOf(leg, family, session));
  if (family === AF_MPLS) {
    body.scope ??= 0;
    body.type ??= RTN_UNICAST;
  }
  return routeRequests[verb](body);
}

/** One that was read before any family was known (`via any`) is of the route's. */
function isOf(family: number, gateway: IpAddress): boolean {
  return gateway.family === family || (gateway.family as number) === 0;
}

function viaOf(gateway: IpAddress): NonNullable<RouteRequest['via']> {
  return {family: gateway.family, address: gateway};
}

/** Numbers of the metrics, for the bits of RTAX_LOCK. Source: uapi linux/rtnetlink.h. */
const METRICS: Readonly<Record<string, number>> = {
  mtu: 2,
  window: 3,
  rtt: 4,
  rttvar: 5,
  ssthresh: 6,
  cwnd: 7,
  advmss: 8,
  reordering: 9,
  hoplimit: 10,
  initcwnd: 11,
  features: 12,
  rtoMin: 13,
  initrwnd: 14,
  quickack: 15,
  ccAlgo: 16,
  fastopenNoCookie: 17,
};

type Leg = NonNullable<RouteRequest['multipath']>[number];

function legOf(spec: NexthopSpec, family: number, session: KernelSession): Leg {
  const leg: Draft<Leg> = {};
  for (const key in spec) {
    switch (key as keyof NexthopSpec) {
      case 'via':
        if (spec.via === undefined) break;
        if (isOf(family, spec.via)) leg.gateway = spec.via;
        else leg.via = viaOf(spec.via);
        break;
      case 'dev':
        leg.oif = legDevice(spec.dev as string, session);
        break;
      case 'weight':
        leg.hops = (spec.weight ?? 1) - 1;
        break;
      case 'onlink':
        leg.flags = RTNH_F_ONLINK;
        break;
      case 'encap':
        if (spec.encap === undefined) break;
        leg.encap = encapBody(spec.encap, session);
        leg.encapType = encapTypeOf(spec.encap);
        break;
      case 'flow':
        leg.flow = spec.flow;
        break;
      case 'newdst':
        leg.newdst = spec.newdst;
        break;
    }
  }
  return leg;
}

/**
 * Index of the device of a leg.
 * @throws {UsageError} in two lines, with status 255
 */
export function legDevice(name: string, session: KernelSession): number {
  const index = session.links.index(name);
  if (index === 0) throw new UsageError(MISUSE, [`Cannot find device "${name}"`, 'Error: cannot parse nexthop']);
  return index;
}
