import {NetlinkError} from '../errors.js';
import type {Io, RunTool} from '../io.js';
import type {Receiver} from '../netlink/exchange.js';
import type {Request} from '../netlink/message.js';
import type {KernelSession} from '../ops/session.js';
import {readText} from '../procfs/file.js';
import {AF_INET, RT_TABLE_MAIN, RTM_NEWROUTE} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import type {Sink} from '../view/sink.js';
import type {Family} from './familyWords.js';
import {HostNames, Networks} from './resolve.js';
import {RouteLines} from './routeLines.js';
import {FixedTable} from './table.js';
import {type RouteRow, routeRow} from './views/routeRow.js';
import {isListed, type RouteTableContext, type RouteTableForm, routeColumns} from './views/routeTable.js';
import {isCached, parseRoutes6, type Route6, type Route6Context, route6Columns} from './views/routeTable6.js';
import {CACHE_TITLES, TITLES} from './words.js';

const ENOENT = 2;
const ROUTES6 = '/proc/net/ipv6_route';
/** Status of a table that is not there. */
const NOTHING = 1;

/** How `route` and `netstat -r` show routing tables. */
export interface RouteShowOptions {
  /** Address families, one table each. */
  readonly families: readonly Family[];
  readonly numeric: boolean;
  /** Undefined: title only, which is what a third `-e` comes to. */
  readonly form: RouteTableForm | undefined;
  /** The table of routes, the cache, or both. */
  readonly fib: boolean;
  readonly cache: boolean;
  /** One array of routes, with the keys of `ip -j route`. */
  readonly json: boolean;
}

/** Form by the number of `-e`. */
export const FORMS: readonly RouteTableForm[] = ['plain', 'extended', 'full'];

/**
 * Writes the tables asked for, up to the first that is not there.
 * @param ip what writes JSON
 * @returns the exit status
 */
export async function showTables(
  options: RouteShowOptions,
  session: KernelSession,
  io: Io,
  ip: RunTool,
): Promise<number> {
  if (options.json) return (await import('./routesJson.js')).showRoutesJson(options.families, ip, io);
  let status = 0;
  for (const family of options.families) {
    if (family === 'inet6') {
      const text = readText(ROUTES6);
      if (typeof text === 'number') {
        status = (await import('./noRoutes.js')).noRoutes(family, io);
        break;
      }
      if (options.fib) showTable6(text, TITLES, isFib, options, io);
      if (options.cache) showTable6(text, CACHE_TITLES, isCached, options, io);
    } else if (family === 'inet') {
      if (options.fib) status = showFib(options, session, io);
      if (options.cache) showCache(options, io);
    } else {
      status = (await import('./noRoutes.js')).noRoutes(family, io);
    }
    if (status !== 0) break;
  }
  return status;
}

/** `ip -4 route show table main` as a table. */
function showFib({form, numeric}: RouteShowOptions, session: KernelSession, io: Io): number {
  const {out} = io;
  out.ascii(`${TITLES.inet}\n`);
  if (form === undefined) return 0;
  const table = new FixedTable(routeColumns(form));
  table.header(out);
  const context = contextOf(numeric, session);
  try {
    const request = {...routeRequests.list({family: AF_INET, table: RT_TABLE_MAIN}), reply: routeRow};
    const {interrupted} = numeric
      ? session.connection().dumpRaw(request as Request, linesOf(table, context, out))
      : session.connection().dump(request, (route, type) => {
          if (type === RTM_NEWROUTE && isListed(route)) table.row(out, route, context);
        });
    if (interrupted) io.err('Dump was interrupted and may be inconsistent.\n');
    return 0;
  } catch (error) {
    // A namespace that never had a route has no main table.
    if (!(error instanceof NetlinkError) || error.errno !== ENOENT) throw error;
    return NOTHING;
  }
}

/** Takes messages as they come. */
function linesOf(table: FixedTable<RouteRow, RouteTableContext>, context: RouteTableContext, out: Sink): Receiver {
  const lines = new RouteLines(out, table, context);
  return (buf, at, end, type) => {
    if (type === RTM_NEWROUTE) lines.row(buf, at, end);
  };
}

const isFib = (route: Route6): boolean => !isCached(route);

/** All IPv6 tables, as /proc/net/ipv6_route has them. */
function showTable6(
  text: string,
  titles: typeof TITLES,
  wanted: (route: Route6) => boolean,
  {numeric}: RouteShowOptions,
  io: Io,
): void {
  const {out} = io;
  const table = new FixedTable(route6Columns);
  out.ascii(`${titles.inet6}\n`);
  table.header(out);
  const context: Route6Context = {hosts: numeric ? undefined : new HostNames()};
  for (const route of parseRoutes6(text)) {
    if (wanted(route)) table.row(out, route, context);
  }
}

function contextOf(numeric: boolean, {links}: KernelSession): RouteTableContext {
  const ifname = (index: number): string => links.name(index);
  if (numeric) return {ifname};
  const hosts = new HostNames();
  const networks = new Networks();
  return {ifname, host: address => hosts.name(address), net: address => networks.name(address)};
}

/** Kernels keep no routing cache any more: title and header are all there is. */
function showCache({form}: RouteShowOptions, io: Io): void {
  io.out.ascii(`${CACHE_TITLES.inet}\n`);
  if (form !== undefined) io.out.ascii(`${CACHE_HEADERS[form]}\n`);
}

const CACHE_HEADERS: Readonly<Record<RouteTableForm, string>> = {
  plain: 'Source          Destination     Gateway         Flags Metric Ref    Use Iface',
  extended: 'Source          Destination     Gateway         Flags   MSS Window  irtt Iface',
  full: 'Source          Destination     Gateway         Flags Metric Ref    Use Iface    MSS   Window irtt  TOS HHRef HHUptod     SpecDst',
};
