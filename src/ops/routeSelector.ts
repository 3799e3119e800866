import type {ParsedPrefix} from '../addr/iproute.js';
import {begins} from '../grammar/cursor.js';
import {usageError, wrong} from '../grammar/errors.js';
import {
  type Cursor,
  clause,
  exact,
  flag,
  type GrammarEnv,
  keyword,
  prefix,
  rest,
  type ValueType,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {device, formatPrefix, prefixOf, prefixValue, realmsOf, tableName, uint} from '../grammar/values.js';
import {Protocols} from '../names/services.js';
import {AF_INET6, AF_MPLS} from '../rtnetlink/constants.js';
import {routeTableOf} from './routeTable.js';
import {gatewayPrefix, newDestination, typeFilter, vrfDevice, vrfName} from './routeValues.js';

/** A command line whose output begins before it is read. */
export interface SavingEnv extends GrammarEnv {
  readonly openSave?: () => void;
}

/** A table, `all`, or `cache`, which old kernels had for one. */
export const tableFilter: ValueType<number | 'all' | 'cache'> = {
  label: 'TABLE_ID',
  complete: 'table',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const table = routeTableOf(word, env);
    if (table !== undefined) return table;
    if (word === 'all' || word === 'cache') return word;
    if (word === 'help') throw usageError(env.usage?.() ?? []);
    throw wrong(word, 'table id value is invalid\n');
  },
  format: (value, env) => (typeof value === 'string' ? [value] : tableName.format(value, env)),
};

/** A number of a names file, or `all` for no choice. */
export function orAll(pick: 'protocol' | 'scope', label: string): ValueType<number | 'all'> {
  return {
    label,
    complete: pick,
    parse(cursor, keyword, env) {
      const word = cursor.next();
      const value = env.names[pick].toNumber(word) ?? unsigned(word, 255);
      if (value !== undefined) return value;
      if (word === 'all') return 'all';
      throw wrong(word, `invalid "${keyword}"\n`);
    },
    format: (value, env) => [typeof value === 'string' ? value : env.names[pick].toText(value)],
  };
}

/** TOS with the selectors' own message. */
export const tosFilter: ValueType<number> = {
  label: 'TOS',
  complete: 'dsfield',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const value = env.names.dsfield.toNumber(word) ?? unsigned(word, 255, 16);
    if (value === undefined) throw wrong(word, 'TOS value is invalid\n');
    return value;
  },
  format: (value, env) => [env.names.dsfield.name(value) ?? `0x${value.toString(16)}`],
};

/** Realms and which of the two count. */
export interface RealmFilter {
  readonly value: number;
  readonly mask: number;
}

const realmFilter: ValueType<RealmFilter> = {
  label: 'REALM',
  complete: 'realm',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const value = realmsOf(word, env);
    if (value === undefined) throw wrong(word, 'invalid realms\n');
    const slash = word.indexOf('/');
    // A number may have both.
    if (slash < 0) return {value, mask: value > 0xffff ? 0xffffffff : 0xffff};
    return {value, mask: slash === word.length - 1 ? 0xffff0000 : 0xffffffff};
  },
  format({value, mask}, env) {
    const {realm} = env.names;
    const low = realm.toText(value & 0xffff);
    if (mask === 0xffff) return [low];
    const high = realm.toText(value >>> 16);
    return [mask === 0xffffffff ? `${high}/${low}` : `${high}/`];
  },
};

/** Prefix of a selector: it settles no family. */
export const free: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  format: value => [formatPrefix(value)],
  parse: (cursor, _keyword, env) => prefixOf(cursor.next(), env.family),
};

/** `any` and `all` without a family restrict nothing, unlike `default`. */
function restriction(cursor: Cursor, env: GrammarEnv): ParsedPrefix | undefined {
  const word = cursor.next();
  const found = prefixOf(word, env.family);
  return found.family === 0 && word !== 'default' ? undefined : found;
}

/** What a prefix of a route must lie in, and what must lie in it; `exact` is both. */
export interface Range {
  readonly root?: ParsedPrefix | undefined;
  readonly match?: ParsedPrefix | undefined;
}

/**
 * `[root|match|exact] PREFIX`; a later one adds to an earlier.
 * @param key where the spec keeps it
 * @param again the keyword a second part needs before it
 */
function range(key: string, again: readonly string[]): ValueType<Range> {
  return {
    label: '[ root | match | exact ] PREFIX',
    complete: 'prefix',
    parse(cursor, _keyword, env, spec) {
      const word = cursor.peek() ?? '';
      const isRoot = begins(word, 'root');
      const isMatch = !isRoot && begins(word, 'match');
      if (isRoot || isMatch || begins(word, 'exact')) cursor.position++;
      const found = restriction(cursor, env);
      const earlier: Range | undefined = spec[key];
      return {root: isMatch ? earlier?.root : found, match: isRoot ? earlier?.match : found};
    },
    format({root, match}) {
      if (root === match) return ['exact', root === undefined ? 'any' : formatPrefix(root)];
      return [
        ...(root === undefined ? [] : ['root', formatPrefix(root)]),
        ...(root === undefined || match === undefined ? [] : again),
        ...(match === undefined ? [] : ['match', formatPrefix(match)]),
      ];
    },
  };
}

/** SELECTOR of ip-route(8), in the reference's match order. */
export const selector = clause(() => ({
  table: keyword('table', tableFilter, {match: 'prefix'}),
  vrf: keyword('vrf', vrfName, {match: 'prefix'}),
  cached: flag('cached', {match: 'prefix', as: ['cloned']}),
  tos: keyword('tos', tosFilter, {as: [prefix('dsfield')]}),
  protocol: keyword('protocol', orAll('protocol', 'RTPROTO'), {match: 'prefix'}),
  scope: keyword('scope', orAll('scope', 'SCOPE'), {match: 'prefix'}),
  type: keyword('type', typeFilter, {match: 'prefix'}),
  dev: keyword('dev', device, {as: ['oif']}),
  iif: keyword('iif', device),
  mark: keyword('mark', uint(0xffffffff, {text: 'invalid mark value'})),
  metric: keyword('metric', uint(0xffffffff, {name: 'metric'}), {
    match: 'prefix',
    as: ['priority', exact('preference')],
  }),
  via: keyword('via', gatewayPrefix),
  prefsrc: keyword('src', free),
  realm: keyword('realms', realmFilter, {match: 'prefix'}),
  from: keyword('from', range('from', ['from']), {match: 'prefix'}),
  dst: rest(range('dst', []), {noise: 'to', help: false}),
}));

/** The same for `save`, which opens its output before it reads on. */
export const saved = clause(() => selector.terms, {
  begin(_cursor, env: SavingEnv) {
    env.openSave?.();
  },
});

/** A protocol for `ipproto`: a decimal number or a name of /etc/protocols. */
export const ipProtocol: ValueType<number> = {
  label: 'PROTOCOL',
  parse(cursor) {
    const word = cursor.next();
    const value = unsigned(word, 255, 10) ?? new Protocols().number(word);
    if (value === undefined) throw wrong(word, 'Invalid "ipproto" value\n');
    return value;
  },
  format: value => [String(value)],
};

/** A prefix of which the kernel takes the address only. Not made of prefixValue, which a short run does without. */
const wholeAddress: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, keyword, env, spec) {
    const found = prefixValue.parse(cursor, keyword, env, spec);
    const bits = addressBits(env.family);
    if (env.family !== 0 && found.length !== bits) {
      env.warn?.(`Warning: /${found.length} as prefix is invalid, only /${bits} (or none) is supported.`);
    }
    return found;
  },
  format: (value, env) => prefixValue.format(value, env),
};

/** A prefix in whose place the word `help`, or a beginning of it, calls for help. */
const prefixOrHelp: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, keyword, env, spec) {
    const word = cursor.peek() ?? '';
    if (begins(word, 'help')) throw usageError(env.usage?.() ?? []);
    return prefixValue.parse(cursor, keyword, env, spec);
  },
  format: (value, env) => prefixValue.format(value, env),
};

/** Bits of a whole address of a family. */
export function addressBits(family: number): number {
  return family === AF_INET6 ? 128 : family === AF_MPLS ? 20 : 32;
}

/** ADDRESS and flags of `ip route get`, in the reference's match order. */
export const lookup = clause(() => ({
  newdst: keyword('as', newDestination),
  from: keyword('from', prefixOrHelp, {match: 'prefix'}),
  tos: keyword('tos', tosFilter, {as: [prefix('dsfield')]}),
  iif: keyword('iif', device, {match: 'prefix'}),
  mark: keyword('mark', uint(0xffffffff, {text: 'invalid mark value'}), {match: 'prefix'}),
  oif: keyword('oif', device, {match: 'prefix', as: [exact('dev')]}),
  notify: flag('notify', {match: 'prefix'}),
  connected: flag('connected', {match: 'prefix'}),
  vrf: keyword('vrf', vrfDevice, {match: 'prefix'}),
  uid: keyword('uid', uint(0xffffffff, {text: 'invalid UID\n'}), {match: 'prefix'}),
  fibmatch: flag('fibmatch', {match: 'prefix'}),
  ipProto: keyword('ipproto', ipProtocol, {match: 'prefix'}),
  sport: keyword('sport', uint(0xffff, {text: 'invalid sport\n'}), {match: 'prefix'}),
  dport: keyword('dport', uint(0xffff, {text: 'invalid dport\n'}), {match: 'prefix'}),
  // Newer than iproute2 6.1: in full only.
  flowlabel: keyword('flowlabel', uint(0xfffff, {text: 'invalid flowlabel\n'})),
  dst: rest(wholeAddress, {noise: 'to', required: true}),
}));
