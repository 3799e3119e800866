import {NetlinkError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {codecOf} from '../netlink/codec.js';
import {NLM_F_CREATE, NLM_F_REQUEST} from '../netlink/constants.js';
import {RTM_NEWROUTE, RTN_LOCAL} from '../rtnetlink/constants.js';
import {makeRequest} from '../rtnetlink/request.js';
import {type Route, routeMessage} from '../rtnetlink/route/schema.js';
import type {RouteSelector} from './route.js';
import {nothingHidden, passes} from './routeFilter.js';
import {DUMP_FAILED, dumpMessages, filterOf, type RouteWriter} from './routeShow.js';
import {
  closeSaved,
  isSeekable,
  openSaved,
  readRecords,
  refuseTerminal,
  type SavedKind,
  saveMessage,
} from './savedFile.js';
import type {IpSession} from './session.js';

const FAILURE = 1;
/** Source: observed, test/differential/route.test.ts. */
const kind: SavedKind = {magic: 0x45311224, other: FAILURE, broken: DUMP_FAILED};
const ENDING = 'Dump terminated';
const EEXIST = 17;

/**
 * Begins the output of `ip route save`.
 * @throws {UsageError} when standard output is a terminal or cannot be written
 */
export function openSave({out}: IpSession): void {
  openSaved(kind.magic, FAILURE, out);
}

/** `ip route save`: the kernel's own messages behind the magic number. */
export function saveRoutes(selector: RouteSelector, env: GrammarEnv, session: IpSession): number {
  const filter = filterOf(selector, env, session);
  const codec = codecOf(routeMessage);
  const {out} = session;
  try {
    dumpMessages(filter, session, ENDING, (buf, at, end, type, flags) => {
      if (type === RTM_NEWROUTE && passes(codec.decode(buf, at, end), filter)) {
        saveMessage(buf, at, end, type, flags, out);
      }
    });
  } catch (error) {
    session.json?.openArray();
    throw error;
  }
  closeSaved(out, ENDING, DUMP_FAILED);
  session.json?.openArray();
  session.json?.closeArray();
  session.json?.end();
  return 0;
}

/**
 * Routes on standard input.
 * @throws {UsageError} when it is a terminal, or no saved table
 */
function readRoutes(): Iterable<{readonly flags: number; readonly record: Route}> {
  refuseTerminal('route', FAILURE);
  return readRecords(kind, routeMessage, RTM_NEWROUTE);
}

/**
 * Routes in an order that works: local addresses and what needs nothing, then networks of ours, then what lies
 * behind gateways.
 */
function turnOf(route: Route): number {
  if (route.gateway !== undefined) return 2;
  return route.prefsrc === undefined || route.type === RTN_LOCAL ? 0 : 1;
}

/** `ip route restore`: routes that exist already are told and passed over. */
export function restoreRoutes(session: IpSession): number {
  const routes = readRoutes();
  if (!isSeekable()) throw refuse('Failed to restore: ftell: Illegal seek', FAILURE);
  const saved = [...routes];
  const connection = session.connection();
  for (const turn of [0, 1, 2]) {
    for (const {flags, record} of saved) {
      if (turnOf(record) !== turn) continue;
      const request = makeRequest(routeMessage, RTM_NEWROUTE, flags | NLM_F_REQUEST | NLM_F_CREATE, record);
      try {
        connection.request(request);
      } catch (error) {
        if (!(error instanceof NetlinkError) || error.errno !== EEXIST) throw error;
        session.io.err('RTNETLINK answers: File exists\n');
      }
    }
  }
  return 0;
}

/** `ip route showdump`: always text. */
export function showSaved(env: GrammarEnv, session: IpSession, writer: RouteWriter): number {
  const routes = readRoutes();
  const write = writer(nothingHidden, session);
  for (const {record} of routes) {
    if (env.family === 0 || record.family === env.family) write(record, session);
  }
  return 0;
}
