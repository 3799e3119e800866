import {writeFileSync} from 'node:fs';
import {NetlinkError, UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import type {Receiver} from '../netlink/exchange.js';
import type {Request} from '../netlink/message.js';
import type {DumpResult} from '../netlink/sync.js';
import {AF_INET, AF_INET6, RT_TABLE_MAIN, RTM_F_CLONED, RTM_NEWROUTE} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import type {Route, RouteRequest} from '../rtnetlink/route/schema.js';
import {deviceIndex} from './device.js';
import {noDryRun} from './dryRun.js';
import {sendDeletions} from './flushRounds.js';
import {dumpRefusal} from './refusal.js';
import type {RouteSelector} from './route.js';
import {CHECKED, hiddenBy, passes, type RouteFilter, type RouteHidden} from './routeFilter.js';
import type {IpSession} from './session.js';
import {vrfTable} from './vrf.js';

const ENOENT = 2;
const FLUSH_ENDING = 'Flush terminated';
/** Status of a dump that the kernel refuses. */
export const DUMP_FAILED = 2;

/** Writes routes; the iproute row has the view. */
export type ShowRoute = (route: Route, session: IpSession) => void;
/** Makes a writer for listings that leave out what the selector settles. */
export type RouteWriter = (hidden: RouteHidden, session: IpSession) => ShowRoute;

/** Looks up the names of a selector. */
export function filterOf(selector: RouteSelector, env: GrammarEnv, session: IpSession): RouteFilter {
  let table = RT_TABLE_MAIN;
  let cloned = selector.cached === true;
  for (const key in selector) {
    if (key === 'vrf') table = vrfTable(selector.vrf as string, session);
    if (key !== 'table') continue;
    if (selector.table === 'all') table = 0;
    else if (selector.table === 'cache') cloned = true;
    else table = selector.table as number;
  }
  const iif = selector.iif === undefined ? 0 : deviceIndex(selector.iif, session);
  const oif = selector.dev === undefined ? 0 : deviceIndex(selector.dev, session);
  const family = env.family === 0 && table > 0 ? AF_INET : env.family;
  const active = CHECKED.some(key => selector[key] !== undefined);
  return {family, table, oif, iif, cloned, active, selector};
}

/** The dump request of a filter: what a strict kernel checks by itself. */
function listRequest(filter: RouteFilter) {
  const body: {-readonly [K in keyof RouteRequest]: RouteRequest[K]} = {family: filter.family};
  if (filter.cloned) body.flags = RTM_F_CLONED;
  if (typeof filter.selector.protocol === 'number') body.protocol = filter.selector.protocol;
  if (filter.table > 0) body.table = filter.table;
  if (filter.oif !== 0) body.oif = filter.oif;
  return routeRequests.list(body);
}

/** `ip route show`. */
export function showRoutes(selector: RouteSelector, env: GrammarEnv, session: IpSession, writer: RouteWriter): number {
  const filter = filterOf(selector, env, session);
  const write = writer(hiddenBy(selector, filter), session);
  session.json?.openArray();
  const plain = isPlain(filter, session);
  try {
    dumpRoutes(filter, session, 'Dump terminated', route => {
      if (plain || passes(route, filter)) write(route, session);
    });
  } catch (error) {
    // The reference writes the blank of an empty array with its bracket.
    if (session.json?.pretty === true && !session.json.comma) session.out.byte(32);
    throw error;
  }
  if (session.json !== undefined) {
    session.json.closeArray();
    session.json.end();
  }
  // The reference flushes each route: what a batch prints later on stderr stands behind.
  session.out.flush();
  return 0;
}

/** Whether the kernel has checked all there is to check. */
function isPlain(filter: RouteFilter, session: IpSession): boolean {
  return (
    session.connection().strict &&
    !filter.active &&
    filter.family === AF_INET &&
    filter.iif === 0 &&
    filter.oif === 0 &&
    !filter.cloned
  );
}

/**
 * Dumps what a filter asks for.
 * @param ending last line when the kernel refuses, as `Dump terminated`
 */
export function dumpRoutes(
  filter: RouteFilter,
  session: IpSession,
  ending: string,
  each: (route: Route) => void,
): void {
  guarded(filter, session, ending, () =>
    session.connection().dump(listRequest(filter), (route, type) => {
      if (type === RTM_NEWROUTE) each(route);
    }),
  );
}

/** The same, undecoded. */
export function dumpMessages(filter: RouteFilter, session: IpSession, ending: string, each: Receiver): void {
  guarded(filter, session, ending, () => session.connection().dumpRaw(listRequest(filter) as Request, each));
}

/** Words the refusal of a dump as the reference does, which lists an absent main table as an empty one. */
function guarded(filter: RouteFilter, session: IpSession, ending: string, dump: () => DumpResult): void {
  try {
    if (dump().interrupted) session.io.err('Dump was interrupted and may be inconsistent.\n');
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    if (error.errno === ENOENT && filter.table === RT_TABLE_MAIN && ending !== FLUSH_ENDING) return;
    throw dumpRefusal(error, ending, DUMP_FAILED);
  }
}

/** `ip route flush`: deletes in rounds until nothing is found any more. The reference does not listen to `-loops` here. */
export function flushRoutes(selector: RouteSelector, env: GrammarEnv, session: IpSession, writer: RouteWriter): number {
  if (Object.keys(selector).length === 0) throw new UsageError(1, '"ip route flush" requires arguments.');
  const filter = filterOf(selector, env, session);
  const {out, options, view} = session;
  const write = writer(hiddenBy(selector, filter), session);
  if (filter.cloned && filter.family !== AF_INET6) {
    noDryRun('ip route flush cache', session);
    writeFileSync('/proc/sys/net/ipv4/route/flush', '-1');
    if (view.statistics > 0) out.ascii('*** IPv4 routing cache is flushed.\n');
    if (filter.family === AF_INET) return 0;
  }
  for (let round = 0; ; ) {
    const found: Route[] = [];
    dumpRoutes(filter, session, FLUSH_ENDING, route => {
      if (!passes(route, filter)) return;
      found.push(route);
      if (view.statistics > 1) write(route, session);
    });
    if (found.length === 0) {
      if (view.statistics === 0) return 0;
      if (round === 0 && !(filter.cloned && env.family === 0)) out.ascii('Nothing to flush.\n');
      else out.ascii(`*** Flush is complete after ${round} round${round > 1 ? 's' : ''} ***\n`);
      return 0;
    }
    round++;
    sendDeletions(found.map(routeRequests.deleteRecord), session, 0, 2);
    if (view.statistics > 0) out.ascii(`\n*** Round ${round}, deleting ${found.length} entries ***\n`);
    // Nothing was deleted: the next round would find the same.
    if (options.dryRun) return 0;
  }
}
