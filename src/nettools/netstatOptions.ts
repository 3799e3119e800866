import {UsageError} from '../errors.js';
import {Getopt, type GetoptSpec, type LongOption} from '../grammar/getopt.js';
import type {Io} from '../io.js';
import {type Family, familyOptions, parseFamilies} from './familyWords.js';

/** What `netstat` is to show; sockets when nothing else is asked for. */
export type NetstatView = 'route' | 'interfaces' | 'statistics' | 'masquerade';

/** Transports that can be asked for by an option of their own, in the order in which they are listed. */
export const TRANSPORTS = ['tcp', 'sctp', 'udp', 'udplite', 'raw'] as const;

/** One of them. */
export type NetstatTransport = (typeof TRANSPORTS)[number];

/** The command line of `netstat`, read. */
export interface NetstatOptions {
  /** What is shown instead of sockets. More than one is a mistake, which the usage text answers. */
  readonly views: readonly NetstatView[];
  /** Address families as they were asked for, one by one. */
  readonly families: readonly Family[];
  readonly transports: ReadonlySet<NetstatTransport>;
  /** `-2` or `-f`: families that the reference was built without. */
  readonly bluetooth: boolean;
  readonly groups: boolean;
  readonly listening: boolean;
  readonly all: boolean;
  readonly numericHosts: boolean;
  readonly numericPorts: boolean;
  readonly numericUsers: boolean;
  readonly symbolic: boolean;
  readonly wide: boolean;
  readonly timers: boolean;
  readonly programs: boolean;
  readonly verbose: boolean;
  readonly continuous: boolean;
  /** How often `-e` was given. */
  readonly extend: number;
  readonly fib: boolean;
  readonly cache: boolean;
  /** `-j`, which the reference does not have. */
  readonly json: boolean;
}

type Flag = {-readonly [K in keyof NetstatOptions as NetstatOptions[K] extends boolean ? K : never]: boolean};

/** Letters that set one flag each. */
const flags: Readonly<Record<string, keyof Flag>> = {
  g: 'groups',
  l: 'listening',
  a: 'all',
  '!': 'numericHosts',
  '@': 'numericPorts',
  '#': 'numericUsers',
  N: 'symbolic',
  W: 'wide',
  o: 'timers',
  p: 'programs',
  v: 'verbose',
  c: 'continuous',
  F: 'fib',
  C: 'cache',
  '2': 'bluetooth',
  f: 'bluetooth',
  j: 'json',
};

const views: Readonly<Record<string, NetstatView>> = {
  r: 'route',
  i: 'interfaces',
  s: 'statistics',
  M: 'masquerade',
};

const transports: Readonly<Record<string, NetstatTransport>> = {t: 'tcp', u: 'udp', U: 'udplite', S: 'sctp', w: 'raw'};
const families: Readonly<Record<string, Family>> = {'4': 'inet', '6': 'inet6', x: 'unix'};

/** Long options in the order of the reference, which its ambiguity messages show, with their letters; `!@#` have no short form. */
const longOptions =
  'V:version i:interfaces h:help r:route M:masquerade A:protocol t:tcp S:sctp u:udp U:udplite w:raw x:unix 2:l2cap f:rfcomm ' +
  'l:listening a:all o:timers c:continuous e:extend p:programs v:verbose s:statistics W:wide n:numeric !:numeric-hosts ' +
  '@:numeric-ports #:numeric-users N:symbolic C:cache F:fib g:groups Z:context j:json';

function getoptSpec(): GetoptSpec {
  const long = longOptions.split(' ').map((entry): LongOption => {
    const value = entry.charAt(0);
    const name = entry.slice(2);
    return value === 'A' ? {name, value, argument: 'required'} : {name, value};
  });
  return {
    short: 'A:CFMacdefghilnNoprsStuUvVWwx642Z?j',
    long: [...familyOptions().map(name => ({name, value: 'family'})), ...long],
  };
}

/**
 * Reads the command line.
 * @returns `help` or `version` where that is all there is to do, `usage` where the usage text answers a mistake
 * @throws {UsageError} for a family that is not known, and for -Z without SELinux
 */
export function parseNetstat(argv: readonly string[], io: Io): NetstatOptions | 'help' | 'version' | 'usage' {
  const set: Partial<Flag> = {};
  const shown: NetstatView[] = [];
  const asked: Family[] = [];
  const kinds = new Set<NetstatTransport>();
  let extend = 0;
  const getopt = new Getopt(argv, getoptSpec(), io.env.POSIXLY_CORRECT !== undefined);
  for (let found = getopt.next(); found !== undefined; found = getopt.next()) {
    const {option} = found;
    if ('message' in found) {
      io.err(`netstat: ${found.message}\n`);
      return 'usage';
    }
    switch (option) {
      case 'n':
        set.numericHosts = set.numericPorts = set.numericUsers = true;
        break;
      case 'e':
        extend++;
        break;
      case 'd':
        break;
      case 'A':
        asked.push(...parseFamilies(found.argument ?? ''));
        break;
      case 'family':
        // The last of the reference's table of families lies behind what it takes for the end of it.
        if (found.name === 'tcpip') io.err("netstat.c: Internal Error `longopts 1 range'.\n");
        else asked.push(...parseFamilies(found.name));
        break;
      case 'h':
        return 'help';
      case 'V':
        return 'version';
      case 'Z':
        throw new UsageError(1, 'SELinux is not enabled on this machine.');
      case '?':
        return 'usage';
      default:
        if (flags[option] !== undefined) set[flags[option]] = true;
        else if (views[option] !== undefined) shown.push(views[option]);
        else if (transports[option] !== undefined) kinds.add(transports[option]);
        else if (families[option] !== undefined) asked.push(families[option]);
    }
  }
  return {
    numericHosts: false,
    numericPorts: false,
    numericUsers: false,
    symbolic: false,
    bluetooth: false,
    groups: false,
    listening: false,
    all: false,
    wide: false,
    timers: false,
    programs: false,
    verbose: false,
    continuous: false,
    fib: false,
    cache: false,
    json: false,
    ...set,
    views: shown,
    families: asked,
    transports: kinds,
    extend,
  };
}
