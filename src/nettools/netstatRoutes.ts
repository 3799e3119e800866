import type {Io} from '../io.js';
import type {NetstatOptions} from './netstatOptions.js';
import {openSession} from './session.js';
import {FORMS, showTables} from './showRoutes.js';

/** `netstat -r`. @returns the exit status */
export function showRoutes(options: NetstatOptions, io: Io): Promise<number> {
  const {families, numericHosts, extend, fib, cache, json} = options;
  // The plain listing of netstat is what route calls extended, and the other way round.
  const form = FORMS[extend < 2 ? 1 - extend : extend];
  return showTables(
    {
      families: families.length === 0 ? ['inet'] : families,
      numeric: numericHosts,
      form,
      fib: fib || !cache,
      cache,
      json,
    },
    openSession(io),
    io,
  );
}
