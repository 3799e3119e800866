import type {Io, RunTool} from '../io.js';
import type {NetstatOptions} from './netstatOptions.js';
import {openSession} from './session.js';
import {FORMS, type RouteShowOptions, showTables} from './showRoutes.js';

/** `netstat -r`. @returns the exit status */
export function showRoutes(options: NetstatOptions, io: Io, _first: boolean, ip: RunTool): Promise<number> {
  return showTables(netstatTables(options), openSession(io), io, ip);
}

/** What a listing shows. */
export function netstatTables(options: NetstatOptions): RouteShowOptions {
  const {families, numericHosts, symbolic, extend, fib, cache, json} = options;
  return {
    families: families.length === 0 ? ['inet'] : families,
    // As in route, -N is taken for -n here.
    numeric: numericHosts || symbolic,
    // The plain listing of netstat is what route calls extended, and the other way round.
    form: FORMS[extend < 2 ? 1 - extend : extend],
    fib: fib || !cache,
    cache,
    json,
  };
}
