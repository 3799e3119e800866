import {UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import type {IpOptions} from '../ops/session.js';

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** What reading the global options comes to. */
export interface ParsedOptions {
  readonly options: IpOptions;
  /** Object, verb and the rest. */
  readonly argv: readonly string[];
}

/** Options before the first one is read. */
const defaults = (): Mutable<IpOptions> => ({
  family: 0,
  details: 0,
  statistics: 0,
  oneline: false,
  brief: false,
  json: false,
  pretty: false,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: 'never',
  timestamp: false,
  timestampShort: false,
  echo: false,
  all: false,
  force: false,
  dryRun: false,
  why: false,
  loops: 10,
  receiveBuffer: undefined,
  netns: undefined,
  batch: undefined,
});

/** Value of -f, and the short options that stand for one. */
const families: Readonly<Record<string, number>> = {inet: 2, inet6: 10, link: 17, bridge: 7, mpls: 28};
const shorts: Readonly<Record<string, number>> = {4: 2, 6: 10, 0: 17, M: 28, B: 7};

/** An option: its long spelling, and what it does; `value` is the next word where `takesValue`. */
interface Option {
  readonly name: string;
  readonly exact?: true;
  readonly takesValue?: true;
  apply(options: Mutable<IpOptions>, value: string): void;
}

/** First hit wins: a word matches each name it is a prefix of, but for the exact ones. */
const table = (): readonly Option[] => [
  {name: 'loops', takesValue: true, apply: (o, value) => (o.loops = Number.parseInt(value, 10) || 0)},
  {name: 'family', takesValue: true, apply: (o, value) => (o.family = family(value))},
  {name: 'human-readable', apply: o => (o.human = true)},
  {name: 'iec', apply: o => (o.iec = true)},
  {name: 'statistics', apply: o => o.statistics++},
  {name: 'stats', apply: o => o.statistics++},
  {name: 'details', apply: o => o.details++},
  {name: 'resolve', apply: o => (o.resolve = true)},
  {name: 'oneline', apply: o => (o.oneline = true)},
  {name: 'timestamp', apply: o => (o.timestamp = true)},
  {name: 'tshort', apply: o => (o.timestamp = o.timestampShort = true)},
  {name: 'force', apply: o => (o.force = true)},
  {name: 'batch', takesValue: true, apply: (o, value) => (o.batch = value)},
  {name: 'brief', apply: o => (o.brief = true)},
  {name: 'json', apply: o => (o.json = true)},
  {name: 'pretty', apply: o => (o.pretty = true)},
  {name: 'rcvbuf', takesValue: true, apply: (o, value) => (o.receiveBuffer = receiveBuffer(value))},
  {name: 'netns', takesValue: true, apply: (o, value) => (o.netns = value)},
  {name: 'Numeric', apply: o => (o.numeric = true)},
  {name: 'all', apply: o => (o.all = true)},
  // Ours alone, and never abbreviated: beginnings stay the reference's.
  {name: 'dry-run', exact: true, apply: o => (o.dryRun = true)},
  {name: 'why', exact: true, apply: o => (o.why = true)},
  {name: 'echo', exact: true, apply: o => (o.echo = true)},
  {name: 'help', apply: () => {}},
];

function family(word: string): number {
  const found = Object.hasOwn(families, word) ? families[word] : undefined;
  if (found === undefined) throw new UsageError(255, `Error: argument "${word}" is wrong: invalid protocol family`);
  return found;
}

/** An unsigned number as strtoul(3) takes it: decimal, octal or hex. */
function receiveBuffer(word: string): number {
  const text = word.trimStart();
  const size = /^0[0-7]+$/.test(text)
    ? Number.parseInt(text, 8)
    : /^(0x[0-9a-f]+|[1-9]\d*|0)$/i.test(text)
      ? Number(text)
      : NaN;
  if (!(size <= 0xffffffff)) throw new UsageError(255, `Invalid rcvbuf size '${word}'`);
  return size;
}

/** `-c`, `-color`, `-c=auto`: a prefix of `color`, and when. @returns undefined for another word */
function colour(word: string): IpOptions['colour'] | undefined {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  if (!begins(name, 'color')) return undefined;
  const when = equals < 0 ? '' : word.slice(equals + 1);
  if (when === '') return 'always';
  return when === 'always' || when === 'auto' || when === 'never' ? when : undefined;
}

/**
 * Reads the options before the object.
 * @param namespaces gets the values of -n, which the reference enters before it reads on
 * @returns `version` or `usage` where that is all there is to do: what stands behind is not looked at
 * @throws {UsageError} as the reference refuses
 */
export function parseOptions(argv: readonly string[], namespaces: string[] = []): ParsedOptions | 'version' | 'usage' {
  const options = defaults();
  return argv[0]?.charCodeAt(0) === 45 ? readOptions(argv, namespaces, options) : {options, argv};
}

/** The same where the first word is an option: a function of its own, which most runs do without. */
function readOptions(
  argv: readonly string[],
  namespaces: string[],
  options: Mutable<IpOptions>,
): ParsedOptions | 'version' | 'usage' {
  let position = 0;
  for (; position < argv.length; position++) {
    const given = argv[position] as string;
    if (given.charCodeAt(0) !== 45) break;
    if (given === '--') {
      position++;
      break;
    }
    const word = given.charCodeAt(1) === 45 ? given.slice(2) : given.slice(1);
    const short = word.length === 1 ? shorts[word] : undefined;
    if (short !== undefined) {
      options.family = short;
      continue;
    }
    if (begins(word, 'Version')) return 'version';
    const when = colour(word);
    if (when !== undefined) {
      options.colour = when;
      continue;
    }
    const option = table().find(({name, exact}) => (exact ? name === word : name.startsWith(word)));
    if (option === undefined) {
      throw new UsageError(255, `Option "${given.slice(given.length - word.length - 1)}" is unknown, try "ip -help".`);
    }
    if (option.name === 'help') return 'usage';
    if (!option.takesValue) {
      option.apply(options, '');
      continue;
    }
    const value = argv[++position];
    if (value === undefined) {
      if (option.name === 'netns') throw noNamespace('(null)');
      return 'usage';
    }
    if (option.name === 'family' && value === 'help') return 'usage';
    option.apply(options, value);
    if (option.name === 'netns') namespaces.push(value);
  }
  return {options, argv: argv.slice(position)};
}

/** The refusal of a namespace that is not there. */
export function noNamespace(name: string): UsageError {
  return new UsageError(255, `Cannot open network namespace "${name}": No such file or directory`);
}

/** Long spellings of all options. */
export function optionNames(): string[] {
  return ['Version', 'color', ...table().map(({name}) => name)].sort();
}
