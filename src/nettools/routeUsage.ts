import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {routedFamilies, titleLines} from './families.js';
import type {Family} from './familyWords.js';
import {MISUSE} from './words.js';

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
  '  -j, --json       the objects of ip -j route',
  '  --explain        show the equal ip command, do nothing',
  '',
  '  AF: one of these address families with -A AF or --AF, or -4 and -6; inet by default:',
];

/**
 * `-h`: how routes are listed, or changed where a family was named. The text goes to stdout, the list of families to
 * stderr, as in the reference.
 * @throws {UsageError} for families whose routes cannot be changed
 */
export async function writeHelp(families: readonly Family[], io: Io): Promise<void> {
  if (families.length === 0) io.err(titleLines(routedFamilies()));
  for (const line of families.length === 0 ? usage : await changeUsage(families)) io.out.ascii(`${line}\n`);
}

async function changeUsage(families: readonly Family[]): Promise<readonly string[]> {
  const only = families.length === 1 ? families[0] : undefined;
  if (only === 'inet') return (await import('./routeArgs.js')).misused().lines;
  if (only === 'inet6') return (await import('./routeArgs6.js')).misused6().lines;
  const refusal = (await import('./noRoutes.js')).noChange(families, []);
  if (only === 'x25') return refusal.lines;
  throw refusal;
}

/** A verb that is none. */
export function misusedVerb(): UsageError {
  return new UsageError(MISUSE, [...usage, ...titleLines(routedFamilies()).trimEnd().split('\n')]);
}
