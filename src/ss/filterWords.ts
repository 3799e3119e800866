import {readFileSync} from 'node:fs';
import {AF_INET, AF_INET6} from '../addr/ip.js';
import {decodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {native} from '../native.js';
import {NETLINK_ROUTE} from '../netlink/constants.js';
import {localPortRange} from '../procfs/portRange.js';
import {LinkCache} from '../rtnetlink/linkCache.js';
import {type Filter, parseFilter} from '../sockdiag/filter/filter.js';
import {FilterSyntaxError} from '../sockdiag/filter/parse.js';
import {AF_NETLINK, AF_PACKET, AF_TIPC, AF_UNIX, AF_UNSPEC, AF_VSOCK, AF_XDP} from '../sockdiag/filter/subject.js';
import {systemNames} from '../sockdiag/filter/systemNames.js';
import {ALL_STATES, STATES} from '../sockdiag/states.js';
import {Misuse} from './misuse.js';
import {MISUSE, type SsOptions} from './options.js';
import {portRangeFile} from './procFiles.js';
import {FAMILY, type FamilyName, TABLE} from './tables.js';

/** Longest line of a filter file with its newline. */
const MAX_LINE = 1022;
const STDIN = 0;
const O_RDONLY = 0;

/** Address families by number. */
const families: readonly (readonly [number, FamilyName])[] = [
  [AF_INET, 'inet'],
  [AF_INET6, 'inet6'],
  [AF_UNIX, 'unix'],
  [AF_PACKET, 'link'],
  [AF_NETLINK, 'netlink'],
  [AF_VSOCK, 'vsock'],
  [AF_TIPC, 'tipc'],
  [AF_XDP, 'xdp'],
];

/**
 * Reads the filter in words, then the lines of `-F`. Narrows the options to the family that can be meant.
 * @param words what `takeStates` left
 * @returns undefined for no filter
 * @throws {UsageError} as the reference refuses; Misuse with its usage
 */
export function readFilter(options: SsOptions, words: readonly string[], io: Io): Filter | undefined {
  const lines = fileLines(options.filterFile?.() ?? '');
  const family = families.find(([, name]) => name === options.family)?.[0] ?? AF_UNSPEC;
  const transports = {tcp: (options.tables & TABLE.tcp) !== 0, udp: (options.tables & TABLE.udp) !== 0};
  const links = new LinkCache(() => io.open(NETLINK_ROUTE));
  // `if7` and names that exist; 0 is no interface.
  const names = systemNames(transports, name => links.index(name) || undefined);
  try {
    const filter = parseFilter([...words, ...lines], family, names, () => localPortRange(portRangeFile(io.env)));
    const named = families.find(([number]) => number === filter?.family)?.[1];
    if (named !== undefined) {
      options.families = FAMILY[named];
      options.family = named;
    }
    return filter;
  } catch (error) {
    throw error instanceof FilterSyntaxError ? new Misuse(error.status, error.lines) : error;
  }
}

/**
 * Reads `state` and `exclude` with a state each, as long as they lead. They replace `-a` and `-l`; none left is the states
 * that are listed without any option.
 * @returns the words behind them
 * @throws {UsageError}
 */
export function takeStates(options: SsOptions): readonly string[] {
  const words = options.filter;
  let at = 0;
  let states: number | undefined;
  for (; ; at += 2) {
    const verb = words[at];
    if (verb !== 'state' && verb !== 'exclude' && verb !== 'excl') break;
    const name = words[at + 1];
    if (name === undefined) throw new UsageError(MISUSE, 'Command line is not complete. Try option "help"');
    const bits = statesOf(name);
    states = verb === 'state' ? (states ?? 0) | bits : (states ?? ALL_STATES) & ~bits;
  }
  if (states !== undefined) options.states = states || options.defaultStates;
  return words.slice(at);
}

/** Bits of a state's name, or of one that means several. Source: ss(8), STATE-FILTER. */
function statesOf(word: string): number {
  const name = word.toLowerCase();
  const spelling = spellings[name] ?? name;
  if (Object.hasOwn(STATES, spelling)) return 1 << STATES[spelling as keyof typeof STATES];
  const closed = 1 << STATES.close;
  const connected = ALL_STATES & ~(closed | (1 << STATES.listen));
  const bucket = (1 << STATES['syn-recv']) | (1 << STATES['time-wait']);
  switch (name) {
    case 'all':
      return ALL_STATES;
    case 'connected':
      return connected;
    case 'synchronized':
      return connected & ~(1 << STATES['syn-sent']);
    case 'bucket':
      return bucket;
    case 'big':
      return ALL_STATES & ~bucket;
    case 'unknown':
      return 1;
    default:
      throw new UsageError(MISUSE, `ss: wrong state name: ${word}`);
  }
}

/** Names of states that differ from the kernel's; the kernel's own `listen` is none. */
const spellings: Readonly<Record<string, string>> = {
  closed: 'close',
  unconnected: 'close',
  listening: 'listen',
  listen: '',
};

/**
 * Opens the file of `-F`; what begins with `-` is standard input, which is read when it is needed.
 * @returns what gives its text
 * @throws {UsageError} when there is no such file
 */
export function openFilterFile(path: string): () => string {
  if (path.startsWith('-')) return () => decode(readFileSync(STDIN));
  const fd = native().open(path, O_RDONLY);
  if (fd < 0) throw new UsageError(MISUSE, `fopen filter file: ${errnoText(-fd)}`);
  let text = '';
  try {
    text = decode(readFileSync(fd));
  } catch {
    // A folder can be opened, and has no lines.
  }
  native().close(fd);
  return () => text;
}

function decode(bytes: Uint8Array): string {
  return decodeText(bytes, 0, bytes.length);
}

/** Lines of a filter file without comments: the reference skips those that begin with the digit 0, too. @throws {UsageError} for lines that the reference does not take */
function fileLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    if (line === '') continue;
    if (line.length > MAX_LINE) throw new UsageError(MISUSE, 'Too long line in filter');
    const end = line.indexOf('\0');
    if (end === 0) throw new UsageError(MISUSE, 'Invalid line');
    if (!/^[#0]/.test(line)) lines.push((end < 0 ? line : line.slice(0, end)).replace(/\n$/, ''));
  }
  return lines;
}
