import {NetlinkError} from '../errors.js';
import {MISUSE} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import type {SyncConnection} from '../netlink/sync.js';
import {deviceIndex} from '../ops/device.js';
import {routeVerbs} from '../ops/route.js';
import {changeRoute, legDevice} from '../ops/routeChange.js';
import {nothingHidden, type RouteHidden} from '../ops/routeFilter.js';
import {getRoute} from '../ops/routeGet.js';
import {openSave, restoreRoutes, saveRoutes, showSaved} from '../ops/routeSave.js';
import type {SavingEnv} from '../ops/routeSelector.js';
import {flushRoutes, type ShowRoute, showRoutes} from '../ops/routeShow.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {vrfTable} from '../ops/vrf.js';
import {NETLINK_ROUTE, RTM_GETNEXTHOP} from '../rtnetlink/constants.js';
import {type Nexthop, nexthopMessage} from '../rtnetlink/nexthop/schema.js';
import {makeRequest} from '../rtnetlink/request.js';
import type {Route} from '../rtnetlink/route/schema.js';
import {type EchoForm, echoOf} from './echo.js';
import {routeView} from './views/route.js';

/** `ip route`. */
export const run: RunObject = (argv, session) => {
  const env: SavingEnv = {
    family: session.options.family,
    names: session.names,
    program: session.io.argv0,
    vrf: (name, isDevice) => vrfTable(name, session, isDevice),
    checkDevice: name => deviceIndex(name, session),
    legDevice: name => legDevice(name, session),
    encapDevice: name => deviceIndex(name, session, MISUSE),
    warn: line => session.io.err(`${line}\n`),
    openSave: () => openSave(session),
  };
  const {verb, spec} = parseVerbs(routeVerbs, new Cursor(argv), env);
  switch (verb) {
    case 'show':
      return showRoutes(spec, env, session, writerOf);
    case 'get':
      return getRoute(spec, env, session, writerOf, textWriter);
    case 'flush':
      return flushRoutes(spec, env, session, textWriter);
    case 'save':
      return saveRoutes(spec, env, session);
    case 'restore':
      return restoreRoutes(session);
    case 'showdump':
      return showSaved(env, session, textWriter);
    default:
      return changeRoute(
        verb,
        spec,
        env,
        session,
        echoOf(session, () => echoForm(session)),
      );
  }
};

/** An acknowledgement as the reference words it, which takes it for an object: the kernel tells nothing back. */
const NOT_TOLD = 'Not a route: 00000024 00000002 00000100';

function echoForm(session: IpSession): EchoForm<Route, Route> {
  return {
    view: routeView(nothingHidden, session.view, nexthopFinder(session)),
    row: route => route,
    end: '\n',
    hasBrief: false,
    isNested: true,
    absence: NOT_TOLD,
  };
}

/** Writes one route after the other, text or JSON. */
function writerOf(hidden: RouteHidden, session: IpSession): ShowRoute {
  const {json, view: context} = session;
  if (json === undefined) return textWriter(hidden, session);
  const view = routeView(hidden, context, nexthopFinder(session));
  return route => view.json(json, route, context);
}

function textWriter(hidden: RouteHidden, session: IpSession): ShowRoute {
  const {out, view: context} = session;
  const view = routeView(hidden, context, nexthopFinder(session));
  return route => {
    view.text(out, route, context);
    out.byte(10);
  };
}

/** With `-d`, asks for each nexthop object once, over a socket of its own: the dump is under way. */
function nexthopFinder(session: IpSession): ((id: number) => Nexthop | undefined) | undefined {
  if (session.view.details === 0) return undefined;
  const known = new Map<number, Nexthop | undefined>();
  let connection: SyncConnection | undefined;
  return id => {
    if (known.has(id)) return known.get(id);
    connection ??= session.io.open(NETLINK_ROUTE);
    const found = findNexthop(connection, id);
    known.set(id, found);
    return found;
  };
}

function findNexthop(connection: SyncConnection, id: number): Nexthop | undefined {
  try {
    return connection.get(makeRequest(nexthopMessage, RTM_GETNEXTHOP, 0, {id}));
  } catch (error) {
    if (error instanceof NetlinkError) return undefined;
    throw error;
  }
}

/** A writer that hides nothing, for `ip monitor`. */
export function plainWriter(session: IpSession): ShowRoute {
  return writerOf(nothingHidden, session);
}
