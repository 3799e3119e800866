import type {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {duplicate, wrong} from '../grammar/errors.js';
import type {Terms, ValueType} from '../grammar/grammar.js';
import {type Clause, clause, exact, flag, help, keyword, type Parsed, rest, word} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {address, device, formatPrefix, group, prefixOf, prefixValue, text, u32} from '../grammar/values.js';
import {AF_INET6, IFA_F_PERMANENT, IFA_F_SECONDARY} from '../rtnetlink/constants.js';
import {type AddressFlag, addressFlags} from './addressFlags.js';
import {type MasterEnv, masterName} from './master.js';

/** Seconds of an address that never expires. */
export const FOREVER = 0xffffffff;

/**
 * A value that may stand only once. One without bytes (`any`) does not keep a second one away, but goes to the kernel
 * before it.
 */
function once<V>(key: string, inner: ValueType<V>, hasBytes: (value: V) => boolean): ValueType<V> {
  return {
    ...inner,
    counts: hasBytes,
    parse(cursor, keyword, env, spec) {
      const value = inner.parse(cursor, keyword, env, spec);
      if (key in spec) spec.blanks = [...(spec.blanks ?? []), key];
      return value;
    },
  };
}

const isWritten = (value: unknown): boolean => !(value instanceof OpaqueAddress && value.isEmpty);
const isWrittenPrefix = ({address: written}: ParsedPrefix): boolean => written !== undefined;

/** Broadcast address: given, or made from the prefix by setting or clearing the host bits. */
export type Broadcast = IpAddress | '+' | '-';

const broadcast: ValueType<Broadcast> = {
  label: '{ ADDRESS | + | - }',
  complete: 'address',
  parse(cursor, name, env, spec) {
    const next = cursor.peek();
    if (next !== '+' && next !== '-') return address.parse(cursor, name, env, spec);
    cursor.next();
    return next;
  },
  format: value => [String(value)],
};

const lifetime: ValueType<number> = {
  label: '{ forever | SECONDS }',
  complete: ['forever'],
  parse(cursor, name) {
    const seconds = cursor.next();
    const value = seconds === 'forever' ? FOREVER : unsigned(seconds, FOREVER);
    if (value === undefined) throw wrong(seconds, `${name} value`);
    return value;
  },
  format: value => [value === FOREVER ? 'forever' : String(value)],
};

function scopeType(wrongText: string, hasAll: boolean): ValueType<number | 'all'> {
  return {
    label: 'SCOPE-ID',
    complete: 'scope',
    parse(cursor, _name, env) {
      const scope = cursor.next();
      if (hasAll && scope === 'all') return 'all';
      const value = env.names.scope.toNumber(scope) ?? unsigned(scope, 255);
      if (value === undefined) throw wrong(scope, wrongText);
      return value;
    },
    format: (value, env) => [value === 'all' ? value : env.names.scope.toText(value)],
  };
}

/** A command line that is warned about while it is read. */
export interface AddressEnv extends MasterEnv {
  /** Writes a line to stderr. */
  readonly warn?: (line: string) => void;
}

/** Flags that a user may set; words for the others pass with a warning. */
const settableFlags: ValueType<number> = {
  label: 'CONFFLAG-LIST',
  complete: addressFlags.filter(f => f.owner !== 'kernel').map(f => f.word),
  accepts: flagWord => addressFlags.some(f => f.word === flagWord),
  parse(cursor, _name, env: AddressEnv, spec) {
    // Undefined where no flag is set yet: a word that sets none leaves no key.
    const bits = spec.flags as number;
    const name = cursor.next();
    const {bit, owner} = addressFlags.find(f => f.word === name) as AddressFlag;
    if (owner === 'kernel') {
      env.warn?.(`Warning: ${name} option is not mutable from userspace`);
      return bits;
    }
    if (owner === 'inet6' && env.family !== AF_INET6) {
      env.warn?.(`Warning: ${name} option can be set only for IPv6 addresses`);
      return bits;
    }
    return (bits ?? 0) | bit;
  },
  format: bits => addressFlags.filter(f => f.owner !== 'kernel' && (bits & f.bit) !== 0).map(f => f.word),
};

/** The address itself, with the word that said it. */
export interface LocalPrefix extends ParsedPrefix {
  readonly word: string;
}

const localPrefix: ValueType<LocalPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, name, env, spec) {
    const said = cursor.peek() ?? '';
    return {...prefixValue.parse(cursor, name, env, spec), word: said};
  },
  format: value => [value.word],
};

/**
 * One address with what belongs to it: IFADDR, LIFETIME and CONFFLAG-LIST of ip-address(8). Order is the match order of
 * the reference.
 */
export const addressOptions = clause(() => ({
  peer: keyword('peer', once('peer', prefixValue, isWrittenPrefix), {as: ['remote'], duplicate: 'error'}),
  broadcast: keyword('broadcast', once('broadcast', broadcast, isWritten), {
    match: 'prefix',
    as: [exact('brd')],
    duplicate: 'error',
  }),
  anycast: keyword('anycast', once('anycast', address, isWritten), {duplicate: 'error'}),
  scope: keyword('scope', scopeType('invalid scope value.', false) as ValueType<number>),
  dev: keyword('dev', device),
  label: keyword('label', text('LABEL')),
  metric: keyword('metric', u32, {match: 'prefix', as: ['priority', 'preference']}),
  validLft: keyword('valid_lft', lifetime, {match: 'prefix', duplicate: again => duplicate('valid_lft', again)}),
  preferredLft: keyword('preferred_lft', lifetime, {
    match: 'prefix',
    duplicate: again => duplicate('preferred_lft', again),
  }),
  flags: word(settableFlags),
  local: rest(once('local', localPrefix, isWrittenPrefix), {noise: 'local', duplicate: 'garbage'}),
}));

/** Words of `ip address add`. */
export type AddressSpec = Parsed<typeof addressOptions> & {
  /** Keys for which an address without bytes stood before the one in the spec. */
  readonly blanks?: readonly ('peer' | 'broadcast' | 'anycast' | 'local')[];
};

/** Flags an address must have or lack: `(flags & mask) === value`. */
export interface FlagMask {
  readonly mask: number;
  readonly value: number;
}

/** `dynamic` and `primary` are the absence of a flag. */
const lacking: Readonly<Record<string, number>> = {dynamic: IFA_F_PERMANENT, primary: IFA_F_SECONDARY};

function flagOf(name: string): {readonly bit: number; readonly isWanted: boolean} | undefined {
  const isMinus = name.startsWith('-');
  const bare = isMinus ? name.slice(1) : name;
  const absent = Object.hasOwn(lacking, bare) ? lacking[bare] : undefined;
  if (absent !== undefined) return {bit: absent, isWanted: isMinus};
  const found = addressFlags.find(f => f.word === bare);
  return found && {bit: found.bit, isWanted: !isMinus};
}

const flagFilter: ValueType<FlagMask> = {
  label: 'FLAG-LIST',
  complete: [...Object.keys(lacking), ...addressFlags.map(f => f.word)],
  accepts: name => flagOf(name) !== undefined,
  parse(cursor, _name, _env, spec) {
    const {mask, value} = (spec.flags as FlagMask | undefined) ?? {mask: 0, value: 0};
    const {bit, isWanted} = flagOf(cursor.next()) as {bit: number; isWanted: boolean};
    return {mask: mask | bit, value: isWanted ? value | bit : value & ~bit};
  },
  format: ({mask, value}) =>
    addressFlags
      .filter(f => (mask & f.bit) !== 0 && f.word !== 'temporary')
      .map(f => ((value & f.bit) !== 0 ? f.word : `-${f.word}`)),
};

const filterPrefix: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, _name, env) {
    const found = prefixOf(cursor.next(), env.family);
    if (env.family === 0) env.family = found.family;
    return found;
  },
  format: value => [formatPrefix(value)],
};

/** Words of `ip address flush` and `save`, in the match order of the reference. */
const filterTerms = () => ({
  to: keyword('to', filterPrefix),
  scope: keyword('scope', scopeType('invalid "scope"\n', true)),
  up: flag('up'),
  flags: word(flagFilter),
  label: keyword('label', text('LABEL')),
  group: keyword('group', group),
  master: keyword('master', masterName('DEVICE', false)),
  vrf: keyword('vrf', masterName('NAME', true)),
  nomaster: flag('nomaster'),
  type: keyword('type', text('TYPE')),
  help: help(),
  dev: rest(device, {noise: 'dev', duplicate: 'garbage', help: 'alone'}),
});

/** What `ip address flush` and `save` select. */
export const addressFilter = clause(filterTerms);

/** What `ip address show` and `ip link show` select, with a word newer than iproute2 6.1; `down` is a device's name there. */
export const shownFilter = clause(() => ({novf: flag('novf'), ...filterTerms()}));

/** Words of `ip address show`. */
export type AddressFilterSpec = Parsed<typeof shownFilter>;

/** A clause without words: what follows is not looked at. */
export const noWords: Clause<Terms> = clause({});
