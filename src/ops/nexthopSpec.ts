import type {IpAddress} from '../addr/ip.js';
import {invalid, usageError, wrong} from '../grammar/errors.js';
import {
  clause,
  flag,
  formatClause,
  help,
  keyword,
  type Parsed,
  parseClause,
  type ValueType,
  verb,
  verbs,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf, familyOf, protocolName, uint, words} from '../grammar/values.js';
import {AF_INET, AF_PACKET, NEXTHOP_GRP_TYPE_MPATH, NEXTHOP_GRP_TYPE_RES} from '../rtnetlink/constants.js';
import {type MasterEnv, masterName} from './master.js';
import {encap} from './routeEncap.js';
import {legDevice} from './routeValues.js';

const MAX = 0xffffffff;
/** Seconds that fit 32 bits as hundredths; the reference takes no more. */
const MAX_SECONDS = 42949671;

const id = uint(MAX, {label: 'ID', text: 'invalid id value'});
const unknown = (word: string): Error => wrong(word, '');
/** A word that the reference takes with any of its beginnings. */
const byPrefix = {match: 'prefix'} as const;
/** Only the whole word is a call for help. */
const wholeHelp = help({match: 'exact'});

/** Unlike a route's, the gateway is of the family of the line. */
const via: ValueType<IpAddress> = {
  label: '[ FAMILY ] ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env) {
    const family = familyOf(cursor.peek() ?? '');
    if (family !== undefined) cursor.position++;
    const word = cursor.next();
    const found = addressOf(word, family ?? env.family);
    if (env.family === 0) env.family = found.family;
    else if (env.family !== found.family) throw wrong(said(word, found), 'address family mismatch\n');
    return found;
  },
  format: value => [value.toString()],
};

/** The word as the reference has left it: it cuts link-layer addresses up. */
function said(word: string, {family}: IpAddress): string {
  return (family as number) === AF_PACKET ? (word.split(':')[0] as string) : word;
}

/** A value that makes the line one of IPv4, unless its family is settled. */
function settling<V>(inner: ValueType<V>): ValueType<V> {
  return {
    ...inner,
    parse(cursor, name, env, spec) {
      const value = inner.parse(cursor, name, env, spec);
      if (env.family === 0) env.family = AF_INET;
      return value;
    },
  };
}

/** No words: for flags that settle the family. */
const nothing: ValueType<true> = {label: '', parse: () => true, format: () => []};

/** Weights of iproute2 6.1 have 8 bits, newer ones 16. */
const MAX_WEIGHT = 0x10000;

/** A member of a group; weights from 1 on. */
export interface GroupMember {
  readonly id: number;
  readonly weight: number;
}

/** `ID[,WEIGHT]/...` */
const group: ValueType<readonly GroupMember[]> = {
  label: 'GROUP',
  parse(cursor, name) {
    const word = cursor.next();
    return word.split('/').map(one => {
      const comma = one.indexOf(',');
      const member = unsigned(comma < 0 ? one : one.slice(0, comma), MAX);
      // The reference cuts the word up while it reads: the first number is what its message has.
      if (member === undefined) throw invalid(/^[^,/]*/.exec(word)?.[0] ?? '', name);
      if (comma < 0) return {id: member, weight: 1};
      const weight = unsigned(one.slice(comma + 1), MAX_WEIGHT);
      if (weight === undefined || weight === 0) throw wrong(one.slice(comma + 1), '"weight" is invalid\n');
      return {id: member, weight};
    });
  },
  format: value => [value.map(one => (one.weight === 1 ? `${one.id}` : `${one.id},${one.weight}`)).join('/')],
};

/** Options behind `type resilient`; timers in seconds. */
const resilientOptions = clause({
  buckets: keyword('buckets', uint(0xffff, {label: 'BUCKETS', text: 'invalid buckets value'})),
  idleTimer: keyword('idle_timer', uint(MAX_SECONDS, {label: 'IDLE', text: 'invalid idle timer value'})),
  unbalancedTimer: keyword(
    'unbalanced_timer',
    uint(MAX_SECONDS, {label: 'UNBALANCED', text: 'invalid unbalanced timer value'}),
  ),
});

/** How a group spreads its flows. */
export interface GroupType {
  readonly type: number;
  /** Undefined where the line ends behind the word. */
  readonly resilient?: Parsed<typeof resilientOptions>;
}

const groupType: ValueType<GroupType> = {
  label: '{ mpath | resilient } OPTIONS',
  complete: ['mpath', 'resilient'],
  parse(cursor, name, env) {
    const word = cursor.next();
    if (word === 'mpath') return {type: NEXTHOP_GRP_TYPE_MPATH};
    if (word !== 'resilient') throw invalid(word, name);
    if (cursor.done) return {type: NEXTHOP_GRP_TYPE_RES};
    return {type: NEXTHOP_GRP_TYPE_RES, resilient: parseClause(resilientOptions, cursor, env)};
  },
  format: ({type, resilient}, env) =>
    type === NEXTHOP_GRP_TYPE_MPATH
      ? ['mpath']
      : ['resilient', ...(resilient === undefined ? [] : formatClause(resilientOptions, resilient, env))],
};

/** NH of ip-nexthop(8). */
const options = clause(
  () => ({
    id: keyword('id', id),
    gateway: keyword('via', via),
    oif: keyword('dev', settling(legDevice)),
    encap: keyword('encap', encap),
    blackhole: keyword('blackhole', settling(nothing)),
    fdb: flag('fdb'),
    onlink: flag('onlink'),
    group: keyword('group', group),
    type: keyword('type', groupType),
    help: wholeHelp,
    protocol: keyword('protocol', protocolName, byPrefix),
    // Newer than iproute2 6.1.
    hwStatsEnable: keyword('hw_stats', words({off: 0, on: 1})),
  }),
  {unknown},
);

/** What the user said about one nexthop. */
export type NexthopSpec = Parsed<typeof options>;

/** The reference acts on the id of a selector at once, and does not look at what follows. */
const lastId: ValueType<number> = {
  ...id,
  parse(cursor, name, env, spec) {
    const value = id.parse(cursor, name, env, spec);
    cursor.rest();
    return value;
  },
};

/** Links of a selector. */
const links = {
  oif: keyword('dev', legDevice, byPrefix),
  vrf: keyword('vrf', masterName('NAME', true), byPrefix),
  master: keyword('master', masterName('DEVICE', false), byPrefix),
};

const selector = clause(
  () => ({
    ...links,
    groups: flag('groups', byPrefix),
    id: keyword('id', lastId),
    protocol: keyword('protocol', uint(MAX, {label: 'ID', text: 'invalid protocol value'}), byPrefix),
    fdb: flag('fdb', byPrefix),
    help: help(),
  }),
  {unknown},
);

/** A selector of `show` and `flush`. */
export type NexthopSelector = Parsed<typeof selector>;

const misused = (_word: string, env: MasterEnv): Error => usageError(env.usage?.() ?? []);

const oneId = clause(
  {id: keyword('id', id)},
  {
    unknown: misused,
    finish(spec, _cursor, env) {
      if (!spec.id) throw misused('', env);
    },
  },
);

/** Verbs of `ip nexthop`; `bucket` has its own. */
export const nexthopVerbs = verbs(
  'nexthop',
  [
    verb('add', options),
    verb('replace', options),
    verb('delete', options),
    verb('list', selector, {as: ['show', 'lst', 'ls']}),
    verb('get', oneId),
    verb('flush', selector),
    verb('bucket', () => clause({})),
  ],
  {whenAbsent: 'list'},
);

const bucketSelector = clause(() => ({...links, id: keyword('id', id), nhId: keyword('nhid', id), help: help()}), {
  unknown,
});

/** A selector of `ip nexthop bucket show`. */
export type BucketSelector = Parsed<typeof bucketSelector>;

const oneBucket = clause(
  {id: keyword('id', id), index: keyword('index', uint(0xffff, {label: 'INDEX', text: 'invalid bucket index value'}))},
  {
    unknown: misused,
    finish(spec, _cursor, env) {
      if (!spec.id || spec.index === undefined) throw misused('', env);
    },
  },
);

/** Verbs of `ip nexthop bucket`; messages name the object alone. */
export const bucketVerbs = verbs(
  'nexthop',
  [verb('list', bucketSelector, {as: ['show', 'lst', 'ls']}), verb('get', oneBucket)],
  {whenAbsent: 'list', usage: () => bucketUsage},
);

const bucketUsage: readonly string[] = [
  'Usage: ip nexthop bucket list [ dev DEVICE ] [ vrf NAME ] [ master DEVICE ] [ id ID ] [ nhid ID ]',
  '       ip nexthop bucket get id ID index INDEX',
];
