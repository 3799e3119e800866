import {UsageError} from '../errors.js';
import {Getopt, type GetoptSpec} from '../grammar/getopt.js';
import type {Io} from '../io.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {report} from './errors.js';
import {type Family, familyOptions, parseFamilies} from './familyWords.js';
import type {ChangeOptions} from './routeChange.js';
import {openSession} from './session.js';
import {FORMS, type RouteShowOptions, showTables} from './showRoutes.js';
import {familyHelp, MISUSE, VERSION} from './words.js';

const usage: readonly string[] = [
  'Usage: route [-nNvee] [-FC] [AF]             list routing tables',
  '       route [-v] [-FC] {add|del|flush} ...  change the routing table',
  '       route {-h|--help} | {-V|--version}',
  '',
  '  -n, --numeric    addresses, not names',
  '  -e, --extend     MSS, window and irtt; twice: all columns',
  '  -F, --fib        the table itself (default)',
  '  -C, --cache      the cache, which kernels do not have any more',
  '  -N, --symbolic   names of hardware, where there are any',
  '  -v, --verbose    say more',
  '  --explain        show the equal ip command, do nothing',
];

/** In the order of the reference. */
function getoptSpec(): GetoptSpec {
  return {
    short: 'A:eCFhnN64Vv?',
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
  words: readonly string[];
}

/** `route`: lists, adds, deletes. @returns the exit status */
export async function runRoute(argv: readonly string[], io: Io): Promise<number> {
  let call = 'SIOCADDRT';
  try {
    const options = parseRoute(argv, io);
    if (options === undefined) return 0;
    const session = openSession(io);
    const [verb, ...words] = options.words;
    if (verb === undefined) return showTables(tablesOf(options), session, io);
    const isAdd = checkVerb(verb);
    if (!isAdd) call = 'SIOCDELRT';
    const {changeRoute, flushRefusal} = await import('./routeChange.js');
    const change = changeOf(options);
    if (verb === 'flush') throw flushRefusal(change.family);
    return changeRoute(isAdd, words, change, session, io);
  } catch (error) {
    return report(error, io, call);
  }
}

/** Whether a verb adds; others delete or flush. @throws {UsageError} for what is no verb */
export function checkVerb(verb: string): boolean {
  if (!['add', 'del', 'delete', 'flush'].includes(verb)) throw new UsageError(MISUSE, [...usage, familyHelp]);
  return verb === 'add';
}

function familiesOf({families}: RouteOptions): readonly Family[] {
  return families.length === 0 ? ['inet'] : families;
}

/** What a listing shows. */
export function tablesOf(options: RouteOptions): RouteShowOptions {
  const {numeric, extended, fib, cache} = options;
  return {numeric, cache, families: familiesOf(options), form: FORMS[extended], fib: fib || !cache};
}

/** What a change looks at. @throws {UsageError} for a family whose routes cannot be changed */
export function changeOf(options: RouteOptions): ChangeOptions {
  return {cache: options.cache, family: numberOf(familiesOf(options)[0] as Family)};
}

/** @throws {UsageError} for a family whose routes cannot be changed */
function numberOf(family: Family): number {
  if (family !== 'inet' && family !== 'inet6')
    throw new UsageError(MISUSE, `No routing for address family \`${family}'.`);
  return family === 'inet' ? AF_INET : AF_INET6;
}

/** @returns undefined where the options were all there is to do */
export function parseRoute(argv: readonly string[], io: Io): RouteOptions | undefined {
  const options: RouteOptions = {
    families: [],
    numeric: false,
    extended: 0,
    fib: false,
    cache: false,
    words: [],
  };
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
      case '4':
      case '6':
        options.families.push(found.option === '4' ? 'inet' : 'inet6');
        break;
      case 'family':
        if ('name' in found) options.families.push(...parseFamilies(found.name));
        break;
      case 'A':
        if ('name' in found) options.families.push(...parseFamilies(found.argument ?? ''));
        break;
      case 'V':
        io.out.ascii(`${VERSION}\n`);
        return undefined;
      default:
        // The reference shows its help and is content, whatever it did not understand.
        if ('message' in found) io.err(`route: ${found.message}\n`);
        io.err(`${familyHelp}\n`);
        for (const line of usage) io.out.ascii(`${line}\n`);
        return undefined;
    }
  }
  return {...options, words: getopt.rest};
}
