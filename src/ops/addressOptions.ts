import type {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {duplicate, wrong} from '../grammar/errors.js';
import type {ValueType} from '../grammar/grammar.js';
import {clause, exact, keyword, type Parsed, rest, word} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {address, device, prefixValue, text, u32} from '../grammar/values.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {type AddressFlag, addressFlags} from './addressFlags.js';
import {type AddressEnv, scopeType} from './addressSpec.js';

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
