import {UsageError} from '../errors.js';
import {Getopt, type GetoptSpec, type LongOption} from '../grammar/getopt.js';
import {ALL_STATES} from '../sockdiag/states.js';
import {Misuse} from './misuse.js';
import {FAMILY, type FamilyName, LISTENING, Selection, TABLE} from './tables.js';

/** How rows are written. */
export type Format = 'text' | 'json' | 'pretty' | 'ndjson';

/** Parsed options of `ss`, before the filter had its say. */
export interface SsOptions {
  /** Bits of TABLE; 0 when the options leave none. */
  tables: number;
  /** Bits of FAMILY. */
  families: number;
  /** The family that was named last and so is the only one of IPv4 and IPv6; undefined for both. */
  family: FamilyName | undefined;
  /** Mask of states to list. */
  states: number;
  /** States to list when neither options nor the filter name some. */
  defaultStates: number;
  /** Neither tables nor families were named. */
  anyTable: boolean;
  /** Filter words of the command line. */
  filter: readonly string[];
  /** `-F`: gives the text of a file whose lines come behind those words. */
  filterFile: (() => string) | undefined;
  /** `-n`: ports and rates as plain numbers. */
  numeric: boolean;
  /** `-r`: host names. */
  resolve: boolean;
  header: boolean;
  oneline: boolean;
  /** `-o` */
  timers: boolean;
  /** `-e` */
  extended: boolean;
  /** `-m` */
  memory: boolean;
  /** `-i` */
  info: boolean;
  /** `-p` */
  processes: boolean;
  /** `-T`; with `processes`. */
  threads: boolean;
  /** `-b`: how often it was given. */
  bpf: number;
  /** `-E` */
  events: boolean;
  /** `-K` */
  kill: boolean;
  summary: boolean;
  tos: boolean;
  cgroup: boolean;
  inetSockopt: boolean;
  tipcInfo: boolean;
  /** `-D`: file for raw messages, `-` is standard output. */
  dump: string | undefined;
  format: Format;
}

/** Options that are on or off. */
type Flag = {[K in keyof SsOptions]: SsOptions[K] extends boolean ? K : never}[keyof SsOptions];

/** One option: its spellings and what it takes. */
interface Option {
  readonly letter?: string;
  readonly name: string;
  readonly argument?: true;
  /** Field of SsOptions that it sets. */
  readonly flag?: Flag;
  readonly table?: number;
  readonly family?: FamilyName;
  /** Ours alone: never found by its beginning, so that those of the reference stay as they are. */
  readonly own?: true;
}

/** Status of a wrong command line. */
export const MISUSE = 255;

/** In the order of the reference, which its ambiguity messages show. */
export const options = (): readonly Option[] => [
  {letter: 'n', name: 'numeric', flag: 'numeric'},
  {letter: 'r', name: 'resolve', flag: 'resolve'},
  {letter: 'o', name: 'options', flag: 'timers'},
  {letter: 'e', name: 'extended', flag: 'extended'},
  {letter: 'm', name: 'memory', flag: 'memory'},
  {letter: 'i', name: 'info', flag: 'info'},
  {letter: 'p', name: 'processes', flag: 'processes'},
  {letter: 'T', name: 'threads'},
  {letter: 'b', name: 'bpf'},
  {letter: 'E', name: 'events', flag: 'events'},
  {letter: 'd', name: 'dccp', table: TABLE.dccp},
  {letter: 't', name: 'tcp', table: TABLE.tcp},
  {letter: 'S', name: 'sctp', table: TABLE.sctp},
  {letter: 'u', name: 'udp', table: TABLE.udp},
  {letter: 'w', name: 'raw', table: TABLE.raw},
  {letter: 'x', name: 'unix', family: 'unix'},
  {name: 'tipc', family: 'tipc'},
  {name: 'vsock', family: 'vsock'},
  {letter: 'a', name: 'all'},
  {letter: 'l', name: 'listening'},
  {letter: '4', name: 'ipv4', family: 'inet'},
  {letter: '6', name: 'ipv6', family: 'inet6'},
  {letter: '0', name: 'packet', family: 'link'},
  {letter: 'f', name: 'family', argument: true},
  {letter: 'A', name: 'socket', argument: true},
  {letter: 'A', name: 'query', argument: true},
  {letter: 's', name: 'summary', flag: 'summary'},
  {letter: 'D', name: 'diag', argument: true},
  {letter: 'F', name: 'filter', argument: true},
  {letter: 'V', name: 'version'},
  {letter: 'h', name: 'help'},
  {letter: 'Z', name: 'context'},
  {letter: 'z', name: 'contexts'},
  {letter: 'N', name: 'net', argument: true},
  {name: 'tipcinfo', flag: 'tipcInfo'},
  {name: 'tos', flag: 'tos'},
  {name: 'cgroup', flag: 'cgroup'},
  {letter: 'K', name: 'kill', flag: 'kill'},
  {letter: 'H', name: 'no-header'},
  {name: 'xdp', family: 'xdp'},
  {letter: 'M', name: 'mptcp', table: TABLE.mptcp},
  {letter: 'O', name: 'oneline', flag: 'oneline'},
  {name: 'inet-sockopt', flag: 'inetSockopt'},
  {letter: 'j', name: 'json', own: true},
  {name: 'pretty', own: true},
  {name: 'ndjson', own: true},
];

function getoptSpec(all: readonly Option[]): GetoptSpec {
  let short = '';
  const long: LongOption[] = [];
  for (const {letter, name, argument, own} of all) {
    if (letter !== undefined && !short.includes(letter)) short += argument ? `${letter}:` : letter;
    const value = letter ?? name;
    long.push({name, value, ...(argument && {argument: 'required'}), ...(own && {exact: true})});
  }
  return {short, long};
}

/** What only shows in the middle of the command line: it is done, or refused, before the words behind it are read. */
export interface OptionEffects {
  /** `-N` */
  enterNamespace(name: string): Promise<void>;
  /** `-F`. @throws {UsageError} when it cannot be read */
  openFilter(path: string): Promise<() => string>;
}

/**
 * Reads the command line.
 * @returns `help` or `version` where that is all there is to do
 * @throws {UsageError} as the reference refuses
 * @throws {Misuse} the same with the usage below
 */
export async function parseOptions(
  argv: readonly string[],
  effects: OptionEffects,
  posix = false,
): Promise<SsOptions | 'help' | 'version'> {
  const all = options();
  const getopt = new Getopt(argv, getoptSpec(all), posix);
  const selection = new Selection();
  const result: SsOptions = {
    tables: 0,
    families: 0,
    family: undefined,
    states: 0,
    defaultStates: 0,
    anyTable: false,
    filter: getopt.rest,
    filterFile: undefined,
    numeric: false,
    resolve: false,
    header: true,
    oneline: false,
    timers: false,
    extended: false,
    memory: false,
    info: false,
    processes: false,
    threads: false,
    bpf: 0,
    events: false,
    kill: false,
    summary: false,
    tos: false,
    cgroup: false,
    inetSockopt: false,
    tipcInfo: false,
    dump: undefined,
    format: 'text',
  };
  const addFamily = (name: FamilyName): void => {
    selection.addFamily(FAMILY[name]);
    result.family = name;
  };
  for (let found = getopt.next(); found !== undefined; found = getopt.next()) {
    if ('message' in found) throw misuse(found.message);
    const {option, argument = ''} = found;
    const one = all.find(({letter, name}) => option === (letter ?? name)) as Option;
    if (one.flag !== undefined) result[one.flag] = true;
    else if (one.table !== undefined) selection.addTable(one.table);
    else if (one.family !== undefined) addFamily(one.family);
    else {
      switch (option) {
        case 'h':
          return 'help';
        case 'V':
          return 'version';
        case 'T':
          result.threads = true;
          result.processes = true;
          break;
        case 'b':
          result.bpf++;
          break;
        case 'H':
          result.header = false;
          break;
        case 'f':
          if (argument === 'help') return 'help';
          if (!Object.hasOwn(FAMILY, argument)) throw misuse(`"${argument}" is invalid family`);
          addFamily(argument as FamilyName);
          break;
        case 'A': {
          const unknown = selection.query(argument);
          if (unknown !== undefined) throw misuse(`"${unknown}" is illegal socket table id`);
          break;
        }
        case 'a':
          selection.chosen = ALL_STATES;
          break;
        case 'l':
          selection.chosen = LISTENING;
          break;
        case 'D':
          result.dump = argument;
          break;
        case 'F':
          if (result.filterFile !== undefined) throw new UsageError(MISUSE, 'More than one filter file');
          result.filterFile = await effects.openFilter(argument);
          break;
        case 'N':
          await effects.enterNamespace(argument);
          break;
        case 'Z':
        case 'z':
          throw new UsageError(1, 'ss: SELinux is not enabled.');
        case 'j':
          if (result.format === 'text') result.format = 'json';
          break;
        case 'pretty':
        case 'ndjson':
          result.format = option;
          break;
      }
    }
  }
  result.anyTable = selection.untouched;
  return Object.assign(result, selection.complete());
}

function misuse(message: string): Misuse {
  return new Misuse(MISUSE, `ss: ${message}`);
}
