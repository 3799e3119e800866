import {Getopt, type GetoptSpec} from '../grammar/getopt.js';
import type {Io, RunTool} from '../io.js';
import {report} from './errors.js';
import {type Family, familyOptions, parseFamilies} from './familyWords.js';
import {openSession} from './session.js';
import {FORMS, type RouteShowOptions, showTables} from './showRoutes.js';

/** In the order of the reference. */
function getoptSpec(): GetoptSpec {
  return {
    short: 'A:eCFhnN64Vv?j',
    long: [
      ...familyOptions().map(name => ({name, value: 'family'})),
      {name: 'extend', value: 'e'},
      {name: 'verbose', value: 'v'},
      {name: 'version', value: 'V'},
      {name: 'numeric', value: 'n'},
      {name: 'symbolic', value: 'N'},
      {name: 'protocol', argument: 'required', value: 'A'},
      {name: 'cache', value: 'C'},
      {name: 'fib', value: 'F'},
      {name: 'help', value: 'h'},
      {name: 'json', value: 'j'},
    ],
  };
}

/** Parsed options of `route`, and its words. */
export interface RouteOptions {
  families: Family[];
  numeric: boolean;
  extended: number;
  fib: boolean;
  cache: boolean;
  /** `-j`, which the reference does not have. */
  json: boolean;
  words: readonly string[];
}

/** `route`: lists, adds, deletes. @param ip what writes JSON @returns the exit status */
export async function runRoute(argv: readonly string[], io: Io, ip: RunTool): Promise<number> {
  let call = 'SIOCADDRT';
  try {
    const options = await parseRoute(argv, io);
    if (options === undefined) return 0;
    const session = openSession(io);
    const [verb, ...words] = options.words;
    if (verb === undefined) return await showTables(tablesOf(options), session, io, ip);
    if (verb !== 'add') call = 'SIOCDELRT';
    return await (await import('./routeChange.js')).changeRoute(verb, words, options, session, io);
  } catch (error) {
    return report(error, io, call);
  }
}

/** Families that were asked for. */
export function familiesOf({families}: RouteOptions): readonly Family[] {
  return families.length === 0 ? ['inet'] : families;
}

/** What a listing shows. */
export function tablesOf(options: RouteOptions): RouteShowOptions {
  const {numeric, extended, fib, cache, json} = options;
  return {numeric, cache, json, families: familiesOf(options), form: FORMS[extended], fib: fib || !cache};
}

/** @returns undefined where the options were all there is to do */
export async function parseRoute(argv: readonly string[], io: Io): Promise<RouteOptions | undefined> {
  const options: RouteOptions = {
    families: [],
    numeric: false,
    extended: 0,
    fib: false,
    cache: false,
    json: false,
    words: [],
  };
  let isHelp = false;
  const words = argv.map(word => (word === '-net' || word === '-host' ? `#${word.slice(1)}` : word));
  const getopt = new Getopt(words, getoptSpec(), io.env.POSIXLY_CORRECT !== undefined);
  for (let found = getopt.next(); found !== undefined; found = getopt.next()) {
    switch (found.option) {
      case 'e':
        options.extended++;
        break;
      case 'n':
      case 'N':
        // The reference takes -N for -n here.
        options.numeric = true;
        break;
      case 'v':
        break;
      case 'F':
        options.fib = true;
        break;
      case 'C':
        options.cache = true;
        break;
      case 'j':
        options.json = true;
        break;
      case '4':
      case '6':
        options.families.push(found.option === '4' ? 'inet' : 'inet6');
        break;
      case 'family':
        if (!('name' in found)) break;
        // The last of the reference's table of families lies behind what it takes for the end of it.
        if (found.name === 'tcpip') io.err("route.c: Internal Error `longopts 1 range'.\n");
        else options.families.push(...parseFamilies(found.name));
        break;
      case 'A':
        if ('name' in found) options.families.push(...parseFamilies(found.argument ?? ''));
        break;
      case 'V':
        io.out.ascii((await import('./version.js')).versionText('route'));
        return undefined;
      default:
        // The reference shows its help and is content, whatever it did not understand.
        if ('message' in found) io.err(`route: ${found.message}\n`);
        isHelp = true;
    }
  }
  if (isHelp) {
    await (await import('./routeUsage.js')).writeHelp(options.families, io);
    return undefined;
  }
  return {...options, words: getopt.rest};
}
