import {UsageError} from '../errors.js';
import {GOES_ON, refuse} from '../grammar/errors.js';
import {clause, keyword, type Parsed, type ValueType, verb, verbs, word} from '../grammar/grammar.js';
import {RTM_GETSTATS, RTM_SETSTATS} from '../rtnetlink/constants.js';
import {
  type LinkStatsRecord,
  STATS_AF_SPEC,
  STATS_LINK_64,
  STATS_LINK_OFFLOAD_XSTATS,
  STATS_LINK_XSTATS,
  STATS_LINK_XSTATS_SLAVE,
  type StatsRequest,
  statsMessage,
  statsRequestMessage,
} from '../rtnetlink/link/statsMessage.js';
import {deviceIndex} from './device.js';
import {deviceName} from './newName.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';

/** Status of the reference's refusals here: EINVAL. */
const REFUSED = 22;

/** Names of one suite of counters: group, subgroup and suite, as far as the group has them. */
export type SuitePath = readonly [group: string, subgroup?: string, suite?: string];

/** A suite: its names, its bit in the request's mask, and its bits among the suites of hardware. */
interface SuiteRow {
  readonly path: SuitePath;
  readonly bit: number;
  readonly filter?: number;
}

/** IFLA_OFFLOAD_XSTATS_* as bits of the filter. */
const CPU_HIT = 1;
const HW_S_INFO = 2;
const L3_STATS = 4;

/** All suites in the order they are shown. */
export const suites: readonly SuiteRow[] = [
  {path: ['afstats', 'mpls'], bit: STATS_AF_SPEC},
  {path: ['link'], bit: STATS_LINK_64},
  {path: ['offload', 'l3_stats'], bit: STATS_LINK_OFFLOAD_XSTATS, filter: HW_S_INFO | L3_STATS},
  {path: ['offload', 'hw_stats_info'], bit: STATS_LINK_OFFLOAD_XSTATS, filter: HW_S_INFO},
  {path: ['offload', 'cpu_hit'], bit: STATS_LINK_OFFLOAD_XSTATS, filter: CPU_HIT},
  {path: ['xstats_slave', 'bond', '802.3ad'], bit: STATS_LINK_XSTATS_SLAVE},
  {path: ['xstats', 'bond', '802.3ad'], bit: STATS_LINK_XSTATS},
  {path: ['xstats_slave', 'bridge', 'mcast'], bit: STATS_LINK_XSTATS_SLAVE},
  {path: ['xstats_slave', 'bridge', 'stp'], bit: STATS_LINK_XSTATS_SLAVE},
  {path: ['xstats', 'bridge', 'mcast'], bit: STATS_LINK_XSTATS},
  {path: ['xstats', 'bridge', 'stp'], bit: STATS_LINK_XSTATS},
];

/** Suites below a path; all without one. */
function below(path: readonly string[]): readonly SuiteRow[] {
  return suites.filter(suite => path.every((name, i) => suite.path[i] === name));
}

/** Words of one level below a path; none below a leaf. */
function namesBelow(path: readonly string[]): string[] {
  return [...new Set(below(path).flatMap(suite => suite.path[path.length] ?? []))];
}

const levels = ['group', 'subgroup', 'suite'] as const;
type Level = (typeof levels)[number];

/** Names of levels, outermost first, of everything that is chosen. */
type Paths = readonly (readonly string[])[];

/**
 * A name of one level: narrows what the name of the level above chose, or chooses beside it. The last path is the one that
 * deeper names narrow.
 */
const levelPaths: ValueType<Paths> = {
  label: 'NAME',
  complete: [...new Set(suites.flatMap(suite => suite.path.flatMap(name => name ?? [])))],
  parse(cursor, _keyword, _env, spec) {
    let chosen = (spec.chosen as Paths | undefined) ?? [];
    let level = cursor.peek(-1) ?? '';
    for (;;) {
      const name = cursor.next();
      chosen = narrowed(chosen, level, name);
      // The reference takes a name that is the word of a deeper level for that word as well.
      if (levels.indexOf(name as Level) <= levels.indexOf(level as Level)) return chosen;
      level = name;
    }
  },
  format: paths => paths.flatMap(path => path.flatMap((name, depth) => [levels[depth] as string, name])).slice(1),
};

/** The paths with one more name. @throws {UsageError} when a level is left out, or the path before has no such suites */
function narrowed(chosen: Paths, level: string, name: string): Paths {
  const depth = levels.indexOf(level as Level);
  const last = chosen.at(-1) ?? [];
  const above = last.slice(0, depth);
  if (above.length < depth) {
    throw refuse(
      `Error: ${level} ${name} requested without selecting a ${levels[above.length]} first`,
      REFUSED,
      GOES_ON,
    );
  }
  const isNarrower = depth > 0 && last.length === depth;
  // What is not narrowed any more is looked up now, the last of the line once all words are read.
  if (!isNarrower && chosen.length > 0) checkPath(last);
  return [...(isNarrower ? chosen.slice(0, -1) : chosen), [...above, name]];
}

/**
 * Whether there is something of these names.
 * @throws {UsageError} about the first name that is none
 */
function checkPath(path: readonly string[]): void {
  path.forEach((name, depth) => {
    const above = path.slice(0, depth);
    const names = namesBelow(above);
    if (names.includes(name)) return;
    const inside = above.at(-1) ?? 'top-level';
    throw refuse(
      names.length === 0
        ? `Error: ${levels[depth]} ${name} requested inside leaf ${levels[depth - 1]} ${inside}`
        : `Error: no ${levels[depth]} named ${name} found inside ${inside}`,
      REFUSED,
      GOES_ON,
    );
  });
}

/** `help` in full; it is no mistake here. */
const helpWord: ValueType<undefined> = {
  label: '',
  accepts: word => word === 'help',
  parse(_cursor, _keyword, env) {
    throw new UsageError(0, env.usage?.() ?? []);
  },
  format: () => [],
};

const unknown = {
  unknown: (word: string) => new UsageError(REFUSED, [`What is "${word}"?`, ...usage()]),
} as const;

const device = {dev: keyword('dev', deviceName, {duplicate: 'garbage'}), help: word(helpWord)};

const selector = clause(
  () => ({
    ...device,
    chosen: keyword('group', levelPaths, {as: ['subgroup', 'suite']}),
  }),
  unknown,
);

const toggle: ValueType<boolean> = {
  label: '{ on | off }',
  complete: ['on', 'off'],
  parse(cursor, keyword, _env, spec) {
    const word = cursor.next();
    if (spec.l3Stats !== undefined) throw refuse('A statistics suite to toggle was already given.', REFUSED);
    if (word === 'on' || word === 'off') return word === 'on';
    throw refuse(`Error: argument of "${keyword}" must be one of "off", "on", not "${word}"`, REFUSED);
  },
  format: value => [value ? 'on' : 'off'],
};

const setting = clause(
  () => ({
    ...device,
    l3Stats: keyword('l3_stats', toggle),
  }),
  unknown,
);

const helpVerb = clause({help: word(helpWord)}, {begin: (_cursor, env) => helpWord.parse(_cursor, '', env, {})});

/** Verbs of `ip stats`, which are written in full. */
export const statsVerbs = verbs(
  'stats',
  [
    verb('help', helpVerb, {match: 'exact'}),
    verb('show', selector, {match: 'exact'}),
    verb('set', setting, {match: 'exact'}),
  ],
  {whenAbsent: 'show', unknown: word => refuse(`Command "${word}" is unknown, try "ip stats help".`, 1), usage},
);

function usage(): readonly string[] {
  return [
    'Usage: ip stats show [ dev DEV ] [ group GROUP [ subgroup SUBGROUP [ suite SUITE ]... ]... ]...',
    '       ip stats set dev DEV l3_stats { on | off }',
    `GROUP := { ${namesBelow([]).join(' | ')} }`,
    ...namesBelow([])
      .filter(group => namesBelow([group]).length > 0)
      .map(group => `${group} SUBGROUP := { ${namesBelow([group]).join(' | ')} }`),
  ];
}

/** What to show. */
export type StatsSelector = Parsed<typeof selector>;

/**
 * The suites that the words chose, in the order they are shown; all without words.
 * @throws {UsageError} when the last words name none
 */
export function chosenSuites({chosen = [[]]}: StatsSelector): readonly SuiteRow[] {
  checkPath(chosen.at(-1) ?? []);
  const wanted = new Set(chosen.flatMap(path => below(path)));
  return suites.filter(suite => wanted.has(suite));
}

/**
 * Counters of one link, or with index 0 of all in the kernel's order.
 * @throws {UsageError | NetlinkError} when the kernel refuses
 */
export function eachLinkStats(
  wanted: readonly SuiteRow[],
  index: number,
  session: IpSession,
  take: (record: LinkStatsRecord) => void,
): void {
  const body: {-readonly [K in keyof StatsRequest]: StatsRequest[K]} = {
    ifindex: index,
    filterMask: wanted.reduce((mask, {bit}) => mask | bit, 0),
  };
  const filter = wanted.reduce((bits, {filter: bit = 0}) => bits | bit, 0);
  if (filter !== 0 && filter !== (CPU_HIT | HW_S_INFO | L3_STATS)) body.filters = {linkOffloadXstats: filter};
  const request = {
    type: RTM_GETSTATS,
    name: 'RTM_GETSTATS',
    flags: 0,
    message: statsRequestMessage,
    body,
    reply: statsMessage,
  };
  if (index !== 0) {
    take(session.connection().get(request));
    return;
  }
  try {
    session.connection().dump(request, record => take(record));
  } catch (error) {
    throw dumpRefusal(error, 'Dump terminated', 1);
  }
}

/**
 * `ip stats set`.
 * @throws {UsageError} without a device or a suite
 * @throws {NetlinkError} when the kernel refuses
 */
export function setStats({dev, l3Stats}: Parsed<typeof setting>, session: IpSession): void {
  if (dev === undefined) throw refuse('Not enough information: "dev" argument is required.');
  if (l3Stats === undefined) throw refuse('Not enough information: stat type to toggle is required.');
  session.connection().request({
    type: RTM_SETSTATS,
    name: 'RTM_SETSTATS',
    flags: 0,
    message: statsRequestMessage,
    body: {ifindex: deviceIndex(dev, session), l3Stats: l3Stats ? 1 : 0},
  });
}
