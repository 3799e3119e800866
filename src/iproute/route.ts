import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {routeVerbs} from '../ops/route.js';
import {changeRoute} from '../ops/routeChange.js';
import {nothingHidden, type RouteHidden} from '../ops/routeFilter.js';
import {getRoute} from '../ops/routeGet.js';
import {flushRoutes, type ShowRoute, showRoutes} from '../ops/routeShow.js';
import type {IpSession, RunObject} from '../ops/session.js';
import type {Route} from '../rtnetlink/route/schema.js';
import {routeView} from './views/route.js';

/** `ip route`. */
export const run: RunObject = (argv, session) => {
  const env: GrammarEnv = {family: session.options.family, names: session.names, program: session.io.argv0};
  const {verb, spec} = parseVerbs(routeVerbs, new Cursor(argv), env);
  switch (verb) {
    case 'show':
      return showRoutes(spec, env, session, writerOf);
    case 'get':
      return getRoute(spec, env, session, writerOf);
    case 'flush':
      return flushRoutes(spec, env, session, writerOf);
    case 'save':
    case 'restore':
    case 'showdump':
      return 0;
    default:
      return changeRoute(verb, spec, env, session);
  }
};

/** Writes one route after the other, text or JSON. */
function writerOf(hidden: RouteHidden, session: IpSession): ShowRoute {
  const {json, out, view: context} = session;
  const view = routeView(hidden, context.details > 0);
  if (json !== undefined) return route => view.json(json, route, context);
  return route => writeText(route);
  function writeText(route: Route): void {
    view.text(out, route, context);
    out.byte(10);
  }
}

/** A writer that hides nothing, for `ip monitor`. */
export function plainWriter(session: IpSession): ShowRoute {
  return writerOf(nothingHidden, session);
}
