import {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {invalid, wrong} from '../grammar/errors.js';
import type {ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {parseTime, type Time} from '../grammar/time.js';
import {addressOf, familyName, familyOf, formatPrefix, prefixOf} from '../grammar/values.js';
import {AF_MPLS} from '../rtnetlink/constants.js';
import {ROUTE_TYPES} from '../rtnetlink/words.js';

/** A metric, and whether `lock` stood before it. */
export interface Metric<V = number> {
  readonly value: V;
  readonly lock: boolean;
}

/** `[lock] VALUE`, for the metrics that can be locked. */
export function lockable<V>(inner: ValueType<V>): ValueType<Metric<V>> {
  return {
    label: `[ lock ] ${inner.label}`,
    parse(cursor, keyword, env, spec) {
      const lock = cursor.peek() === 'lock';
      if (lock) cursor.position++;
      return {value: inner.parse(cursor, keyword, env, spec), lock};
    },
    format: (metric, env) => [...(metric.lock ? ['lock'] : []), ...inner.format(metric.value, env)],
  };
}

/**
 * A time as the kernel keeps it.
 * @param scale what one millisecond counts; a number without unit is taken as it is
 */
export function ticks(scale: number): ValueType<number> {
  return {
    label: 'TIME',
    parse(cursor, keyword) {
      const word = cursor.next();
      const found: Time | undefined = parseTime(word);
      if (found === undefined) throw invalid(word, keyword);
      return found.raw ? found.value : Math.imul(found.value, scale) >>> 0;
    },
    format: value => [String(value)],
  };
}

/** Bits of `features`; the second is newer than iproute2 6.1. Source: uapi linux/rtnetlink.h, RTAX_FEATURE_*. */
const featureBits: Readonly<Record<string, number>> = {ecn: 1, tcp_usec_ts: 16};

function featureOf(word: string): number | undefined {
  return Object.hasOwn(featureBits, word) ? featureBits[word] : undefined;
}

/** `features`: one, and others behind it. */
export const features: ValueType<number> = {
  label: 'FEATURES',
  complete: Object.keys(featureBits),
  parse(cursor) {
    const word = cursor.next();
    let bits = featureOf(word);
    if (bits === undefined) throw wrong(word, '"features" value not valid\n');
    for (;;) {
      const next = featureOf(cursor.peek() ?? '');
      if (next === undefined || (bits & next) !== 0) return bits;
      bits |= next;
      cursor.next();
    }
  },
  format: bits => Object.keys(featureBits).filter(word => (bits & (featureBits[word] as number)) !== 0),
};

/** Router preference, by its name or its number in ICMPv6. Source: RFC 4191, section 2.1. */
export const preference: ValueType<number> = {
  label: 'PREF',
  complete: ['low', 'medium', 'high'],
  parse(cursor, keyword) {
    const word = cursor.next();
    const value = PREFERENCES[word] ?? unsigned(word, 255);
    if (value === undefined) throw invalid(word, keyword);
    return value;
  },
  format: value => [Object.keys(PREFERENCES).find(name => PREFERENCES[name] === value) ?? String(value)],
};
const PREFERENCES: Readonly<Record<string, number>> = {low: 3, medium: 0, high: 1};

/** Weight of a leg, 1 to 256. */
export const weight: ValueType<number> = {
  label: 'NUMBER',
  parse(cursor, keyword) {
    const word = cursor.next();
    const value = unsigned(word, 256);
    if (value === undefined || value === 0) throw wrong(word, `"${keyword}" is invalid\n`);
    return value;
  },
  format: value => [String(value)],
};

/** Name of a VRF, or `default` for none; it is looked up at once. */
export const vrfName: ValueType<string> = vrf(false);
/** Name of a VRF that has a device; it is looked up at once. */
export const vrfDevice: ValueType<string> = vrf(true);

function vrf(isDevice: boolean): ValueType<string> {
  return {
    label: 'NAME',
    complete: 'device',
    parse(cursor, _keyword, env) {
      const name = cursor.next();
      env.vrf?.(name, isDevice);
      return name;
    },
    format: value => [value],
  };
}

/** Device of a leg; it is looked up at once. */
export const legDevice: ValueType<string> = {
  label: 'DEVICE',
  complete: 'device',
  parse(cursor, _keyword, env) {
    const name = cursor.next();
    env.legDevice?.(name);
    return name;
  },
  format: value => [value],
};

/** Route types by name; some need all their letters. */
const TYPES: readonly (readonly [name: string, value: number, exact: boolean])[] = [
  ['local', 2, true],
  ['nat', 10, true],
  ['broadcast', 3, false],
  ['brd', 3, true],
  ['anycast', 4, false],
  ['multicast', 5, false],
  ['prohibit', 8, false],
  ['unreachable', 7, false],
  ['blackhole', 6, false],
  ['xresolve', 11, false],
  ['unicast', 1, false],
  ['throw', 9, true],
];

/** Number of a route type; undefined for other words. @hot the first letter turns addresses away */
export function routeTypeOf(word: string): number | undefined {
  const first = word.charCodeAt(0) | 32;
  if (!(first >= 97 && first <= 122)) return undefined;
  return TYPES.find(([name, , exact]) => (exact ? name === word : name.startsWith(word)))?.[1];
}

/** A type by name, or by a number that does not look like an address: ` 7`. */
function leadingType(word: string): number | undefined {
  return routeTypeOf(word) ?? (/^\d/.test(word) ? undefined : unsigned(word, 255));
}

/** A type before the prefix: `unreachable 10.0.0.0/8`. */
export const routeType: ValueType<number> = {
  label: 'TYPE',
  complete: TYPES.map(([name]) => name).filter(name => name !== 'brd'),
  parse: cursor => leadingType(cursor.next()) ?? 0,
  format: value => [ROUTE_TYPES[value] ?? String(value)],
  accepts: word => leadingType(word) !== undefined,
};

/** `type TYPE` of a selector: also a number. */
export const typeFilter: ValueType<number> = {
  label: 'TYPE',
  complete: routeType.complete as readonly string[],
  parse(cursor) {
    const word = cursor.next();
    const value = routeTypeOf(word) ?? unsigned(word, 255);
    if (value === undefined) throw wrong(word, 'node type value is invalid\n');
    return value;
  },
  format: routeType.format,
};

/** `via [FAMILY] ADDRESS`; settles the family of the line unless that is settled. */
export const gateway: ValueType<IpAddress> = {
  label: '[ FAMILY ] ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env) {
    const family = familyOf(cursor.peek() ?? '');
    if (family !== undefined) cursor.position++;
    const found = addressOf(cursor.next(), family ?? env.family);
    if (env.family === 0) env.family = found.family;
    return found;
  },
  format: (value, env) =>
    value.family === env.family ? [value.toString()] : [familyName(value.family), value.toString()],
};

/** As gateway, for selectors: a prefix, which settles nothing. */
export const gatewayPrefix: ValueType<ParsedPrefix> = {
  label: '[ FAMILY ] PREFIX',
  complete: 'prefix',
  parse(cursor, _keyword, env) {
    const family = familyOf(cursor.peek() ?? '');
    if (family !== undefined) cursor.position++;
    return prefixOf(cursor.next(), family ?? env.family);
  },
  format: value => [...(value.family === 0 ? [] : [familyName(value.family)]), formatPrefix(value)],
};

/** `as [to] ADDRESS`: the address or labels that leave, as bytes. */
export const newDestination: ValueType<Uint8Array> = {
  label: '[ to ] ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env) {
    if (cursor.peek() === 'to') cursor.position++;
    const word = cursor.next();
    const found = addressOf(word, env.family);
    if (env.family === 0) env.family = found.family;
    return found.bytes();
  },
  format: (value, env) => [newDestinationText(value, env.family)],
};

/** Text of RTA_NEWDST: labels between slashes, or an address. */
export function newDestinationText(bytes: Uint8Array, family: number): string {
  if (family !== AF_MPLS) return IpAddress.fromBytes(bytes, 0, bytes.length === 16 ? 16 : 4).toString();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const labels: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) labels.push(String(view.getUint32(at) >>> 12));
  return labels.join('/');
}
