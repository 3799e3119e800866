import type {IpAddress} from '../addr/ip.js';
import {NetlinkError} from '../errors.js';
import type {RouteSpec} from '../ops/route.js';
import {
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RTN_BROADCAST,
  RTN_MULTICAST,
  RTN_UNICAST,
  RTN_UNREACHABLE,
} from '../rtnetlink/constants.js';
import {cutName, linkOf} from './interfaceNames.js';
import type {RouteArgs} from './routeArgs.js';

/** One `ip` command as data. */
export interface RouteOperation {
  readonly object: 'route';
  readonly verb: 'prepend' | 'delete';
  readonly spec: RouteSpec;
}

/** What the old ioctl knew and a request must say: asked from the kernel, or given by a test. */
export interface RouteFacts {
  /** RTN_ type of the route to an address; undefined when there is none. */
  typeOf(address: IpAddress): number | undefined;
  /** Address with the label `eth0:1`. */
  aliasAddress(label: string): IpAddress | undefined;
}

const AF_INET = 2;
const EINVAL = 22;
const ENODEV = 19;

/**
 * `route add`: the old ioctl refuses only an exact duplicate and puts the new route first, which is `ip route prepend`.
 * A gateway that is one of our own addresses, or no address of one host, names an interface: scope link.
 * @throws {NetlinkError} where the ioctl refuses what a request would take for something else
 * Source: rtentry in uapi linux/route.h; test/differential/nettools.test.ts.
 */
export function translateAdd(args: RouteArgs, facts: RouteFacts): RouteOperation {
  const {gateway, advmss, window, irttMs} = args;
  checkPrefix(args);
  const metrics = {
    ...(advmss !== undefined && {advmss: {value: advmss, lock: false}}),
    ...(window !== undefined && {window: {value: window, lock: false}}),
    ...(irttMs !== undefined && irttMs > 0 && {rtt: {value: irttMs * 8, lock: false}}),
  };
  if (args.reject) return {object: 'route', verb: 'prepend', spec: {...rejecting(args), scope: RT_SCOPE_HOST}};
  if (gateway?.isUnspecified) throw new NetlinkError(EINVAL, 'RTM_NEWROUTE');
  const local = gateway !== undefined && !isHost(gateway, facts);
  const spec = {
    dst: prefixOf(args),
    ...(local && {scope: RT_SCOPE_LINK}),
    ...(gateway !== undefined && {via: gateway}),
    ...deviceOf(args, facts),
    ...(args.metric !== undefined && args.metric > 0 && {priority: args.metric}),
    ...metrics,
  };
  return {object: 'route', verb: 'prepend', spec};
}

/**
 * `route del`: `ip route delete` of a unicast route of any scope, of a refusing one with `reject`. What `mss` and its kin
 * say is ignored, as the ioctl ignores it.
 * @throws {NetlinkError} as `translateAdd`
 */
export function translateDelete(args: RouteArgs, facts: RouteFacts): RouteOperation {
  const {gateway} = args;
  checkPrefix(args);
  if (args.reject) return {object: 'route', verb: 'delete', spec: {...rejecting(args), scope: RT_SCOPE_HOST}};
  const via = gateway === undefined || gateway.isUnspecified ? undefined : gateway;
  const spec = {
    type: RTN_UNICAST,
    dst: prefixOf(args),
    ...(via !== undefined && isHost(via, facts) && {scope: RT_SCOPE_UNIVERSE}),
    ...(via !== undefined && {via}),
    ...deviceOf(args, facts),
    ...(args.metric !== undefined && args.metric > 0 && {priority: args.metric}),
  };
  return {object: 'route', verb: 'delete', spec};
}

/** `ip` would take `10.0.0.0/0` for the default route. */
function checkPrefix({target, length}: RouteArgs): void {
  if (length === 0 && !target.isUnspecified) throw new NetlinkError(EINVAL, 'RTM_NEWROUTE');
}

function prefixOf({target, length}: RouteArgs): NonNullable<RouteSpec['dst']> {
  return {family: AF_INET, address: target, length, given: true};
}

/** Gateway and device of a refusing route are ignored. */
function rejecting(args: RouteArgs): RouteSpec {
  const priority = args.metric !== undefined && args.metric > 0 ? {priority: args.metric} : {};
  return {type: RTN_UNREACHABLE, dst: prefixOf(args), ...priority};
}

/** `eth0:1` is the device eth0, and the address with that label as source. */
function deviceOf({dev}: RouteArgs, facts: RouteFacts): Pick<RouteSpec, 'dev' | 'prefsrc'> {
  if (dev === undefined) return {};
  const name = cutName(dev);
  const link = linkOf(name);
  if (link === name) return {dev: name};
  const prefsrc = facts.aliasAddress(name);
  if (prefsrc === undefined) throw new NetlinkError(ENODEV, 'RTM_NEWROUTE');
  return {dev: link, prefsrc};
}

/** Whether a gateway is another host, as the kernel's look-up in the local table tells. */
function isHost(gateway: IpAddress, facts: RouteFacts): boolean {
  const top = gateway.w0 >>> 28;
  const type = top === 14 ? RTN_MULTICAST : gateway.w0 >>> 24 === 0 ? RTN_BROADCAST : facts.typeOf(gateway);
  return type === undefined || type === RTN_UNICAST || type === RTN_UNREACHABLE;
}
