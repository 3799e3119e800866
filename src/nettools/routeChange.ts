import type {IpAddress} from '../addr/ip.js';
import {NetlinkError, type UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import type {Io} from '../io.js';
import {Names} from '../names/tables.js';
import {changeRoute as executeRoute} from '../ops/routeChange.js';
import type {KernelSession} from '../ops/session.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import {Networks} from './resolve.js';
import {misused, parseRouteArgs} from './routeArgs.js';
import {misused6, parseRouteArgs6, translate6} from './routeArgs6.js';
import {type RouteFacts, type RouteOperation, translateAdd, translateDelete} from './translate.js';

const ENODEV = 19;

/** What `route add`, `del` and `flush` look at beside their words. */
export interface ChangeOptions {
  readonly family: number;
  /** `-C`: the cache is meant, which cannot be changed. */
  readonly cache: boolean;
}

/** The refusal of `route flush`. */
export function flushRefusal(family: number): UsageError {
  return misusedFor(family, `Flushing \`${familyName(family)}' routing table not supported`);
}

function misusedFor(family: number, line: string): UsageError {
  return family === AF_INET6 ? misused6(line) : misused(line);
}

function familyName(family: number): string {
  return family === AF_INET6 ? 'inet6' : 'inet';
}

/** A change as data, with what its words were read by. */
export interface PlannedRoute {
  readonly operation: RouteOperation;
  readonly env: GrammarEnv;
}

/**
 * What `route add` and `route del` come to.
 * @param words what stands behind the verb
 * @returns undefined where usage was all there is to say
 * @throws {UsageError | NetlinkError}
 */
export function planRoute(
  add: boolean,
  words: readonly string[],
  {family, cache}: ChangeOptions,
  session: KernelSession,
  io: Io,
): PlannedRoute | undefined {
  if (cache) throw misusedFor(family, `Modifying \`${familyName(family)}' routing cache not supported`);
  if (family === AF_INET && words.length === 0) {
    for (const line of misused().lines) io.out.ascii(`${line}\n`);
    return undefined;
  }
  const operation = family === AF_INET6 ? translate6(add, parseRouteArgs6(words)) : translate4(add, words, session);
  return {operation, env: {family, names: new Names(), program: 'ip'}};
}

/** `route add` and `route del`, with parameters and errors of `planRoute`. @returns the exit status */
export function changeRoute(
  add: boolean,
  words: readonly string[],
  options: ChangeOptions,
  session: KernelSession,
  io: Io,
): number {
  const planned = planRoute(add, words, options, session, io);
  return planned === undefined ? 0 : execute(planned.operation, planned.env, session);
}

function translate4(add: boolean, words: readonly string[], session: KernelSession): RouteOperation {
  const args = parseRouteArgs(words, new Networks());
  return add ? translateAdd(args, factsOf(session)) : translateDelete(args, factsOf(session));
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
