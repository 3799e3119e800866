import {UsageError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import {
  clause,
  type GrammarEnv,
  help,
  keyword,
  type Parsed,
  rest,
  type ValueType,
  verb,
  verbs,
} from '../grammar/grammar.js';
import {device, prefixValue, tableName} from '../grammar/values.js';
import {
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  RT_TABLE_DEFAULT,
  RT_TABLE_MAIN,
  RTM_NEWROUTE,
  RTN_MULTICAST,
  RTNL_FAMILY_IP6MR,
  RTNL_FAMILY_IPMR,
} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import type {Route} from '../rtnetlink/route/schema.js';
import {deviceIndex} from './device.js';
import {dumpRefusal} from './refusal.js';
import {routeTableOf} from './routeTable.js';
import type {IpSession} from './session.js';

/** A table, or 0 for `all`. */
const table: ValueType<number> = {
  ...tableName,
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const found = word === 'all' ? 0 : routeTableOf(word, env);
    if (found === undefined) throw wrong(word, 'table id value is invalid\n');
    return found;
  },
};

const selector = clause(() => ({
  table: keyword('table', table, {match: 'prefix'}),
  iif: keyword('iif', device),
  from: keyword('from', prefixValue, {match: 'prefix'}),
  help: help(),
  to: rest(prefixValue, {noise: 'to'}),
}));

/** Verbs of `ip mroute`, in match order. */
export const mrouteVerbs = verbs('mroute', [verb('show', selector, {as: ['lst', 'list']})], {whenAbsent: 'show'});

/** Which multicast routes. No prefix but `default`, `any` and `all` fits the family they are read for. */
export type MrouteSelector = Parsed<typeof selector>;

/** Family of the requests; undefined for families without multicast routes, whose listings read no words. */
export function multicastFamily(family: number): number | undefined {
  if (family === AF_UNSPEC || family === AF_INET) return RTNL_FAMILY_IPMR;
  return family === AF_INET6 ? RTNL_FAMILY_IP6MR : undefined;
}

/** What an entry is shown with. */
export interface MrouteRow {
  readonly route: Route;
  /** Listings of all tables name those but the main one. */
  readonly withTable: boolean;
}

/** A message that is no multicast route. */
export const STRANGER = 'Non multicast route received, kernel does support IP multicast?';

/**
 * Multicast routes that fit, in the kernel's order.
 * @throws {UsageError} when the kernel refuses
 */
export function eachMroute(
  {table: wanted, iif}: MrouteSelector,
  {family}: GrammarEnv,
  session: IpSession,
  take: (row: MrouteRow) => void,
): void {
  const index = iif === undefined ? 0 : deviceIndex(iif, session);
  const tableId = wanted ?? (family === RTNL_FAMILY_IPMR ? RT_TABLE_DEFAULT : RT_TABLE_MAIN);
  try {
    session.connection().dump(routeRequests.list({family, ...(tableId !== 0 && {table: tableId})}), (route, type) => {
      if (type !== RTM_NEWROUTE) return;
      if (route.type !== RTN_MULTICAST) throw new UsageError(1, [STRANGER, 'Dump terminated']);
      if (tableId !== 0 && route.tableId !== tableId) return;
      if (index !== 0 && route.iif !== index) return;
      take({route, withTable: tableId === 0 && route.tableId !== RT_TABLE_MAIN});
    });
  } catch (error) {
    throw dumpRefusal(error, 'Dump terminated', 1);
  }
}
