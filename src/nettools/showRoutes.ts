import {NetlinkError} from '../errors.js';
import type {Io} from '../io.js';
import type {KernelSession} from '../ops/session.js';
import {AF_INET, RT_TABLE_MAIN, RTM_NEWROUTE} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import {HostNames, Networks} from './resolve.js';
import {headerLine, writeRow} from './table.js';
import {isListed, type RouteTableContext, type RouteTableForm, routeColumns} from './views/routeTable.js';
import {CACHE_TITLES, TITLES} from './words.js';

const ENOENT = 2;

/** How `route` and `netstat -r` show routing tables. */
export interface RouteShowOptions {
  /** Address families, one table each. */
  readonly families: readonly number[];
  readonly numeric: boolean;
  /** Undefined: title only, which is what a third `-e` comes to. */
  readonly form: RouteTableForm | undefined;
  /** The table of routes, the cache, or both. */
  readonly fib: boolean;
  readonly cache: boolean;
}

/** Form by the number of `-e`. */
export const FORMS: readonly RouteTableForm[] = ['plain', 'extended', 'full'];

/** Writes the tables asked for. */
export function showTables(options: RouteShowOptions, session: KernelSession, io: Io): void {
  for (const family of options.families) {
    if (options.fib) showFib(family, options, session, io);
    if (options.cache) showCache(family, options, io);
  }
}

/** `ip -4 route show table main` as a table. */
function showFib(family: number, {form, numeric}: RouteShowOptions, session: KernelSession, io: Io): void {
  const {out} = io;
  out.ascii(`${TITLES[family]}\n`);
  if (form === undefined) return;
  const columns = routeColumns(form);
  out.ascii(`${headerLine(columns)}\n`);
  const context = contextOf(numeric, session);
  try {
    const body = {family: AF_INET, table: RT_TABLE_MAIN};
    const {interrupted} = session.connection().dump(routeRequests.list(body), (route, type) => {
      if (type === RTM_NEWROUTE && isListed(route)) writeRow(out, columns, route, context);
    });
    if (interrupted) io.err('Dump was interrupted and may be inconsistent.\n');
  } catch (error) {
    // A namespace without routes has no main table.
    if (!(error instanceof NetlinkError) || error.errno !== ENOENT) throw error;
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
function showCache(family: number, {form}: RouteShowOptions, io: Io): void {
  io.out.ascii(`${CACHE_TITLES[family]}\n`);
  if (form !== undefined) io.out.ascii(`${CACHE_HEADERS[form]}\n`);
}

const CACHE_HEADERS: Readonly<Record<RouteTableForm, string>> = {
  plain: 'Source          Destination     Gateway         Flags Metric Ref    Use Iface',
  extended: 'Source          Destination     Gateway         Flags   MSS Window  irtt Iface',
  full: 'Source          Destination     Gateway         Flags Metric Ref    Use Iface    MSS   Window irtt  HH  Arp',
};
