import type {IpAddress} from '../addr/ip.js';
import {Prefix} from '../addr/prefix.js';
import {NetlinkError, type UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import type {Io} from '../io.js';
import {Names} from '../names/tables.js';
import {changeRoute as executeRoute} from '../ops/routeChange.js';
import type {KernelSession} from '../ops/session.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {AF_INET, AF_INET6, RT_TABLE_MAIN} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import {checkPermission} from './permission.js';
import {Networks} from './resolve.js';
import {familiesOf, type RouteOptions} from './route.js';
import {misused, parseRouteArgs} from './routeArgs.js';
import {misused6, parseRouteArgs6, type RouteArgs6, translate6} from './routeArgs6.js';
import {type RouteFacts, type RouteOperation, translateAdd, translateDelete} from './translate.js';

const ENODEV = 19;

/** A change as data, with what its words were read by. */
export interface PlannedRoute {
  readonly operation: RouteOperation;
  readonly env: GrammarEnv;
}

function misusedFor(family: number, line: string): UsageError {
  return family === AF_INET6 ? misused6(line) : misused(line);
}

/**
 * What `route add` and `route del` come to.
 * @param words what stands behind the verb
 * @returns undefined where usage was all there is to say
 * @throws {UsageError | NetlinkError}
 */
export async function planRoute(
  verb: string,
  words: readonly string[],
  options: RouteOptions,
  session: KernelSession,
  io: Io,
): Promise<PlannedRoute | undefined> {
  if (!['add', 'del', 'delete', 'flush'].includes(verb)) throw (await import('./routeUsage.js')).misusedVerb();
  const families = familiesOf(options);
  const [name] = families;
  if (families.length > 1 || (name !== 'inet' && name !== 'inet6')) {
    throw (await import('./noRoutes.js')).noChange(families, [verb, ...words]);
  }
  const family = name === 'inet' ? AF_INET : AF_INET6;
  if (verb === 'flush') throw misusedFor(family, `Flushing \`${name}' routing table not supported`);
  const env: GrammarEnv = {family, names: new Names(), program: 'ip'};
  const isAdd = verb === 'add';
  if (family === AF_INET6) {
    const args = parseRouteArgs6(words);
    return {operation: translate6(isAdd, isAdd ? args : oneWay(args, session)), env};
  }
  if (options.cache) throw misused("Modifying `inet' routing cache not supported");
  if (words.length === 0) {
    for (const line of misused().lines) io.out.ascii(`${line}\n`);
    return undefined;
  }
  const args = parseRouteArgs(words, new Networks());
  checkPermission(isAdd ? 'SIOCADDRT' : 'SIOCDELRT', session);
  return {operation: (isAdd ? translateAdd : translateDelete)(args, factsOf(session)), env};
}

/** `route add` and `route del`, with parameters and errors of `planRoute`. @returns the exit status */
export async function changeRoute(
  verb: string,
  words: readonly string[],
  options: RouteOptions,
  session: KernelSession,
  io: Io,
): Promise<number> {
  const planned = await planRoute(verb, words, options, session, io);
  return planned === undefined ? 0 : execute(planned.operation, planned.env, session);
}

/** Where a route has several ways, the old call deletes the first; a request that names none deletes all. */
function oneWay(args: RouteArgs6, session: KernelSession): RouteArgs6 {
  if (args.gateway !== undefined) return args;
  const wanted = new Prefix(args.target, args.length);
  const oif = args.dev === undefined ? 0 : session.links.index(args.dev);
  let found: {readonly gateway?: IpAddress | undefined; readonly oif: number} | undefined;
  session.connection().dump(routeRequests.list({family: AF_INET6, table: RT_TABLE_MAIN}), route => {
    const {dst, dstLen, priority, multipath} = route;
    if (found !== undefined || dstLen !== args.length || (args.metric !== 0 && priority !== args.metric)) return;
    if (dst !== undefined && !wanted.contains(dst)) return;
    found = (multipath ?? [{gateway: undefined, oif: route.oif ?? 0}]).find(leg => oif === 0 || leg.oif === oif);
  });
  return found?.gateway === undefined ? args : {...args, gateway: found.gateway, dev: session.links.name(found.oif)};
}

/** @throws {NetlinkError} */
function execute({verb, spec}: RouteOperation, env: GrammarEnv, session: KernelSession): number {
  if (spec.dev !== undefined && session.links.index(spec.dev) === 0) {
    // The IPv6 code asked for the index first, in a call of its own.
    throw new NetlinkError(ENODEV, env.family === AF_INET6 ? 'SIOGIFINDEX' : 'RTM_NEWROUTE');
  }
  return executeRoute(verb, spec, env, session);
}

function factsOf(session: KernelSession): RouteFacts {
  return {
    typeOf(address: IpAddress): number | undefined {
      try {
        return session.connection().get(routeRequests.get({dst: address})).type;
      } catch (error) {
        if (error instanceof NetlinkError) return undefined;
        throw error;
      }
    },
    aliasAddress(label: string): IpAddress | undefined {
      let found: IpAddress | undefined;
      session.connection().dump(addressRequests.list({family: AF_INET}), record => {
        if (record.label === label) found ??= record.local;
      });
      return found;
    },
  };
}
