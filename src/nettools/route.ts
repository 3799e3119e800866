import type {IpAddress} from '../addr/ip.js';
import {NetlinkError, UsageError} from '../errors.js';
import {Getopt, type GetoptSpec} from '../grammar/getopt.js';
import {formatCommand, type GrammarEnv} from '../grammar/grammar.js';
import type {Io} from '../io.js';
import {Names} from '../names/tables.js';
import {routeVerbs} from '../ops/route.js';
import {changeRoute} from '../ops/routeChange.js';
import type {KernelSession} from '../ops/session.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import {report} from './errors.js';
import {Networks} from './resolve.js';
import {misused, parseRouteArgs} from './routeArgs.js';
import {misused6, parseRouteArgs6, translate6} from './routeArgs6.js';
import {openSession} from './session.js';
import {FORMS, showTables} from './showRoutes.js';
import {type RouteFacts, type RouteOperation, translateAdd, translateDelete} from './translate.js';
import {FAMILIES, familyHelp, familyOf, MISUSE, OTHER_FAMILIES, VERSION} from './words.js';

const ENODEV = 19;

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
  '  --explain        show the ip command for add and del, change nothing',
];

/** In the order of the reference. */
function getoptSpec(): GetoptSpec {
  return {
    short: 'A:eCFhnN64Vv?',
    long: [
      ...[...OTHER_FAMILIES, ...Object.keys(FAMILIES)].map(name => ({name, value: 'family'})),
      {name: 'extend', value: 'e'},
      {name: 'verbose', value: 'v'},
      {name: 'version', value: 'V'},
      {name: 'numeric', value: 'n'},
      {name: 'symbolic', value: 'N'},
      {name: 'protocol', argument: 'required', value: 'A'},
      {name: 'cache', value: 'C'},
      {name: 'fib', value: 'F'},
      {name: 'help', value: 'h'},
      {name: 'explain', value: 'explain'},
    ],
  };
}

/** Parsed options of `route`, and its words. */
interface Options {
  families: number[];
  numeric: boolean;
  extended: number;
  fib: boolean;
  cache: boolean;
  explain: boolean;
  words: readonly string[];
}

/** `route`: lists, adds, deletes. @returns the exit status */
export function runRoute(argv: readonly string[], io: Io): number {
  let call = 'SIOCADDRT';
  try {
    const options = parseOptions(argv, io);
    if (options === undefined) return 0;
    const [verb, ...words] = options.words;
    const session = openSession(io);
    const families = options.families.length === 0 ? [AF_INET] : options.families;
    switch (verb) {
      case undefined:
        return showTables(
          {...options, families, form: FORMS[options.extended], fib: options.fib || !options.cache},
          session,
          io,
        );
      case 'add':
      case 'del':
      case 'delete':
        if (verb !== 'add') call = 'SIOCDELRT';
        return change(verb === 'add', words, families[0] as number, options, session, io);
      case 'flush':
        throw misusedFor(
          families[0] as number,
          `Flushing \`${familyName(families[0] as number)}' routing table not supported`,
        );
      default:
        throw new UsageError(MISUSE, [...usage, familyHelp]);
    }
  } catch (error) {
    return report(error, io, call);
  }
}

/** @returns undefined where the options were all there is to do */
function parseOptions(argv: readonly string[], io: Io): Options | undefined {
  const options: Options = {
    families: [],
    numeric: false,
    extended: 0,
    fib: false,
    cache: false,
    explain: false,
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
        options.families.push(found.option === '4' ? AF_INET : AF_INET6);
        break;
      case 'family':
        if ('name' in found) options.families.push(familyOf(found.name));
        break;
      case 'A':
        if ('name' in found)
          for (const name of (found.argument ?? '').split(',')) options.families.push(familyOf(name));
        break;
      case 'explain':
        options.explain = true;
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

function misusedFor(family: number, line: string): UsageError {
  return family === AF_INET6 ? misused6(line) : misused(line);
}

function familyName(family: number): string {
  return family === AF_INET6 ? 'inet6' : 'inet';
}

function change(
  add: boolean,
  words: readonly string[],
  family: number,
  options: Options,
  session: KernelSession,
  io: Io,
): number {
  if (options.cache) throw misusedFor(family, `Modifying \`${familyName(family)}' routing cache not supported`);
  if (family === AF_INET && words.length === 0) {
    for (const line of misused().lines) io.out.ascii(`${line}\n`);
    return 0;
  }
  const operation = family === AF_INET6 ? translate6(add, parseRouteArgs6(words)) : translate4(add, words, session);
  const env: GrammarEnv = {family, names: new Names(), program: 'ip'};
  if (options.explain) {
    io.out.text(`ip ${family === AF_INET6 ? '-6 ' : ''}${formatCommand(routeVerbs, operation, env).join(' ')}\n`);
    return 0;
  }
  return execute(operation, env, session);
}

function translate4(add: boolean, words: readonly string[], session: KernelSession): RouteOperation {
  const args = parseRouteArgs(words, new Networks());
  return add ? translateAdd(args, factsOf(session)) : translateDelete(args, factsOf(session));
}

/** @throws {NetlinkError} */
function execute({verb, spec}: RouteOperation, env: GrammarEnv, session: KernelSession): number {
  if (spec.dev !== undefined && session.links.index(spec.dev) === 0) {
    // The IPv6 code asked for the index first, in a call of its own.
    throw new NetlinkError(ENODEV, env.family === AF_INET6 ? 'SIOGIFINDEX' : 'RTM_NEWROUTE');
  }
  return changeRoute(verb, spec, env, session);
}

function factsOf(session: KernelSession): RouteFacts {
  return {
    typeOf(address: IpAddress): number | undefined {
      try {
        return session.connection().get(routeRequests.get({dst: address})).type;
      } catch (error) {
        if (error instanceof NetlinkError) return undefined;
        throw error;
      }
    },
    aliasAddress(label: string): IpAddress | undefined {
      let found: IpAddress | undefined;
      session.connection().dump(addressRequests.list({family: AF_INET}), record => {
        if (record.label === label) found ??= record.local;
      });
      return found;
    },
  };
}
