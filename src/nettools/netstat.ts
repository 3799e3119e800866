import {UsageError} from '../errors.js';
import {Getopt, type GetoptSpec} from '../grammar/getopt.js';
import type {Io} from '../io.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {report} from './errors.js';
import {openSession} from './session.js';
import {FORMS, showTables} from './showRoutes.js';
import {FAMILIES, familyHelp, familyOf, MISUSE, OTHER_FAMILIES, VERSION} from './words.js';

/** Status of what this release does not have. */
const NOT_BUILT = 1;

const usage: readonly string[] = [
  'usage: netstat -r [-vWeenNFC] [AF]    list routing tables',
  '       netstat {-h|--help} | {-V|--version}',
  '',
  '  -r, --route          the routing table',
  '  -e, --extend         other columns; twice: all of them',
  '  -n, --numeric        addresses, not names',
  '  --numeric-hosts      the same for hosts',
  '  --numeric-ports      the same for ports',
  '  --numeric-users      the same for users',
  '  -N, --symbolic       names of hardware, where there are any',
  '  -W, --wide           addresses in full',
  '  -F, --fib            the routing table itself (default)',
  '  -C, --cache          the routing cache, which kernels do not have any more',
  '  -v, --verbose        say more',
  '  -V, --version        version',
  '  -h, --help           this text',
  'Not in this release: listings of sockets (-t --tcp, -u --udp, -U --udplite, -S --sctp, -w --raw, -x --unix, -2 --l2cap,',
  '  -f --rfcomm, -l --listening, -a --all, -p --programs, -o --timers, -c --continuous, -Z --context, -T --notrim),',
  '  -i --interfaces, -I DEVICE, -g --groups, -s --statistics, -M --masquerade',
];

/** In the order of the reference. */
function getoptSpec(): GetoptSpec {
  const long: [name: string, value: string][] = [
    ['version', 'V'],
    ['interfaces', 'i'],
    ['help', 'h'],
    ['route', 'r'],
    ['masquerade', 'M'],
    ['protocol', 'A'],
    ['tcp', 't'],
    ['sctp', 'S'],
    ['udp', 'u'],
    ['udplite', 'U'],
    ['raw', 'w'],
    ['unix', 'x'],
    ['l2cap', '2'],
    ['rfcomm', 'f'],
    ['listening', 'l'],
    ['all', 'a'],
    ['timers', 'o'],
    ['continuous', 'c'],
    ['extend', 'e'],
    ['programs', 'p'],
    ['verbose', 'v'],
    ['statistics', 's'],
    ['wide', 'W'],
    ['numeric', 'n'],
    ['numeric-hosts', '!'],
    ['numeric-ports', '@'],
    ['numeric-users', '#'],
    ['symbolic', 'N'],
    ['cache', 'C'],
    ['fib', 'F'],
    ['groups', 'g'],
    ['context', 'Z'],
  ];
  return {
    short: 'A:CFMacdefghiI::lnNoprsStTuUvVWwx642Z?',
    long: [
      ...[...OTHER_FAMILIES, ...Object.keys(FAMILIES)].map(name => ({name, value: 'family'})),
      ...long.map(([name, value]) => (value === 'A' ? {name, value, argument: 'required' as const} : {name, value})),
    ],
  };
}

/** `netstat`: so far the routing table. @returns the exit status */
export function runNetstat(argv: readonly string[], io: Io): number {
  try {
    const families: number[] = [];
    let route = false;
    let numeric = false;
    let extended = 0;
    let fib = false;
    let cache = false;
    const getopt = new Getopt(argv, getoptSpec(), io.env.POSIXLY_CORRECT !== undefined);
    for (let found = getopt.next(); found !== undefined; found = getopt.next()) {
      switch (found.option) {
        case 'r':
          route = true;
          break;
        case 'n':
        case '!':
          numeric = true;
          break;
        case 'e':
          extended++;
          break;
        case 'F':
          fib = true;
          break;
        case 'C':
          cache = true;
          break;
        case '4':
        case '6':
          families.push(found.option === '4' ? AF_INET : AF_INET6);
          break;
        case 'family':
          if ('name' in found) families.push(familyOf(found.name));
          break;
        case 'A':
          if ('name' in found) for (const name of (found.argument ?? '').split(',')) families.push(familyOf(name));
          break;
        case '@':
        case '#':
        case 'N':
        case 'W':
        case 'v':
          break;
        case 'V':
          io.out.ascii(`${VERSION}\n`);
          return 0;
        case 'h':
          help(io);
          return 0;
        case '?':
          throw new UsageError(MISUSE, [
            ...('message' in found ? [`netstat: ${found.message}`] : []),
            ...usage,
            familyHelp,
          ]);
        default:
          throw notBuilt(`option -${found.option}`);
      }
    }
    if (!route && !fib && !cache) throw notBuilt('listings other than -r');
    // The plain listing of netstat is what route calls extended, and the other way round.
    const form = FORMS[extended < 2 ? 1 - extended : extended];
    return showTables(
      {families: families.length === 0 ? [AF_INET] : families, numeric, form, fib: fib || !cache, cache},
      openSession(io),
      io,
    );
  } catch (error) {
    return report(error, io, 'netstat');
  }
}

function help(io: Io): void {
  io.err(`${familyHelp}\n`);
  for (const line of usage) io.out.ascii(`${line}\n`);
}

function notBuilt(what: string): UsageError {
  return new UsageError(NOT_BUILT, `netstat: not in this release yet: ${what}`);
}
