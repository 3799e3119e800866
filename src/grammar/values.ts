import {IpAddress} from '../addr/ip.js';
import {type ParsedPrefix, parseAddress, parsePrefix} from '../addr/iproute.js';
import {formatLladdr} from '../addr/lladdr.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {UsageError} from '../errors.js';
import type {Names, NameTable} from '../names/tables.js';
import {begins} from './cursor.js';
import {expected, invalid, MISUSE, refuse, wrong} from './errors.js';
import type {Completion, GrammarEnv, ValueType} from './grammar.js';
import {signed, unsigned, unsigned64} from './numbers.js';

const AF_PACKET = 17;
const AF_MPLS = 28;
/** Bytes the reference keeps of a link's address. */
const LLADDR_LIMIT = 33;

/** `inet`, `inet6`, `link`, `mpls`, `bridge` as messages and `-f` name families. */
export function familyName(family: number): string {
  switch (family) {
    case 2:
      return 'inet';
    case 10:
      return 'inet6';
    case AF_PACKET:
      return 'link';
    case 28:
      return 'mpls';
    case 7:
      return 'bridge';
    default:
      return '???';
  }
}

/** The family of a name, or undefined. */
export function familyOf(name: string): number | undefined {
  switch (name) {
    case 'inet':
      return 2;
    case 'inet6':
      return 10;
    case 'link':
      return AF_PACKET;
    case 'mpls':
      return 28;
    case 'bridge':
      return 7;
    default:
      return undefined;
  }
}

function anyOf(family: number, what: string): string {
  return family === 0 ? `any valid ${what}` : `${familyName(family)} ${what}`;
}

function notHere(word: string, what: string): Error {
  return refuse(`Error: "${word}" may be inet ${what}, but it is not allowed in this context.`, 1);
}

/**
 * Address of a family, or of any when that is 0. `any` and `all` are addresses without bytes, `default` too as long as no
 * family is known.
 * @throws {UsageError} `any valid address is expected rather than "x".`, status 1
 */
export function addressOf(word: string, family: number): IpAddress {
  if (family === AF_MPLS) return new OpaqueAddress(family, labelBytes(labelsOf(word)));
  const isIp = family === 2 || family === 10;
  if (word === 'any' || word === 'all' || (word === 'default' && !isIp)) return new OpaqueAddress(family);
  if (family === AF_PACKET) return linkAddress(word);
  const found = family === 0 || isIp ? parseAddress(word, family) : undefined;
  if (found === undefined) throw expected(anyOf(family, 'address'), word);
  return found;
}

/** A link-layer address in the place of another. The reference cuts the word up before it names it. */
function linkAddress(word: string): OpaqueAddress {
  try {
    return new OpaqueAddress(AF_PACKET, lladdrOf(word));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // What has a dot is read as another address, which leaves the word whole.
    const [first = ''] = word.includes('.') ? [word] : word.split(':');
    throw new UsageError(1, [...error.lines, ...expected('link address', first).lines]);
  }
}

/** Labels in network order. */
export function labelBytes(labels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * 4);
  const view = new DataView(bytes.buffer);
  labels.forEach((label, i) => {
    view.setUint32(i * 4, label);
  });
  return bytes;
}

/**
 * Prefix of a family, or of any when that is 0.
 * @throws {UsageError} `any valid prefix is expected rather than "x".`, status 1
 */
export function prefixOf(word: string, family: number): ParsedPrefix {
  if (family === AF_PACKET) throw notHere(word, 'prefix');
  if (family === AF_MPLS) return labelPrefix(word);
  // Other families know no addresses, but what fits all of them.
  const isKnown =
    family === 0 || family === 2 || family === 10 || word === 'default' || word === 'any' || word === 'all';
  const found = isKnown ? parsePrefix(word, family) : undefined;
  if (found === undefined) throw expected(anyOf(family, 'prefix'), word);
  return found;
}

/**
 * Labels between slashes as the wire has them, the last one with its bottom bit.
 * @throws {UsageError} `mpls address is expected rather than "x".`, status 1
 */
export function labelsOf(word: string): number[] {
  const labels = word.split('/').map(part => {
    const label = unsigned(part, 0xfffff);
    if (label === undefined) throw expected('mpls address', word);
    return label << LABEL_SHIFT;
  });
  labels.push((labels.pop() ?? 0) | BOTTOM);
  return labels.map(label => label >>> 0);
}
const LABEL_SHIFT = 12;
const BOTTOM = 0x100;
const LABEL_BITS = 20;

/** One label, in the place of an address; a slash has the length behind it. */
function labelPrefix(word: string): ParsedPrefix {
  const slash = word.indexOf('/');
  const label = unsigned(slash < 0 ? word : word.slice(0, slash), 0xfffff);
  const length = slash < 0 ? LABEL_BITS : unsigned(word.slice(slash + 1), LABEL_BITS);
  if (label === undefined || length === undefined) throw expected('mpls prefix', word);
  const address = IpAddress.inet(((label << LABEL_SHIFT) | BOTTOM) >>> 0);
  return {family: AF_MPLS, address, length, given: slash >= 0};
}

/** An address; settles the family of the line. */
export const address: ValueType<IpAddress> = {
  label: 'ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env) {
    const found = addressOf(cursor.next(), env.family);
    if (env.family === 0) env.family = found.family;
    return found;
  },
  format: value => [value.toString()],
};

/** A prefix; settles the family of the line. */
export const prefixValue: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, _keyword, env) {
    const found = prefixOf(cursor.next(), env.family);
    if (env.family === 0) env.family = found.family;
    return found;
  },
  format: value => [formatPrefix(value)],
};

/** Text of a prefix that parses back to it. */
export function formatPrefix(value: ParsedPrefix): string {
  if (value.family === AF_MPLS && value.address !== undefined) return String(value.address.a >>> LABEL_SHIFT);
  if (value.address === undefined || (value.length === 0 && !value.given)) return 'default';
  return value.given ? `${value.address.toString()}/${value.length}` : value.address.toString();
}

/** Any word. */
export const string: ValueType<string> = text('STRING');

/** Any word, with a label for help. */
export function text(label: string, complete?: Completion): ValueType<string> {
  return {
    label,
    ...(complete !== undefined && {complete}),
    parse: cursor => cursor.next(),
    format: value => [value],
  };
}

/** Words that the reference does not know and passes over. */
export const ignored: ValueType<undefined> = {
  label: '',
  accepts: () => true,
  parse: cursor => void cursor.next(),
  format: () => [],
};

/** Name of a device, unchecked: the executor looks it up. */
export const device: ValueType<string> = text('DEVICE', 'device');

/** Whether a name can be a device's: the reference's own check, which leaves the length to the kernel. */
export function isDeviceName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\s]/.test(name);
}

/** The laxer check of most objects, which leave `.` and `..` to the kernel. */
export function isLinkName(name: string): boolean {
  return isDeviceName(name) || name === '.' || name === '..';
}

/** Name of a device to be made. */
export const newDevice: ValueType<string> = {
  label: 'NAME',
  parse(cursor, keyword) {
    const name = cursor.next();
    if (!isDeviceName(name)) throw wrong(name, `"${keyword}" not a valid ifname`);
    return name;
  },
  format: value => [value],
};

/** Error text of a value: made from the keyword and the word; a trailing newline leaves an empty line. */
export type WrongText = (keyword: string, word: string) => string;

/** Options of the number types. */
export interface NumberOptions {
  readonly label?: string;
  readonly base?: 0 | 10 | 16;
  /** `invalid "scope" value\n` instead of the usual text. */
  readonly text?: string | WrongText;
  /** Name in the usual text, when it is not the keyword: `protocol` for `proto`. */
  readonly name?: string;
}

function wrongValue(options: NumberOptions, keyword: string, word: string): Error {
  const {text: own} = options;
  if (own === undefined) return invalid(word, options.name ?? keyword);
  return wrong(word, typeof own === 'string' ? own : own(keyword, word));
}

/** An unsigned number up to `max`. */
export function uint(max: number, options: NumberOptions = {}): ValueType<number> {
  return {
    label: options.label ?? 'NUMBER',
    parse(cursor, keyword) {
      const word = cursor.next();
      const value = unsigned(word, max, options.base ?? 0);
      if (value === undefined) throw wrongValue(options, keyword, word);
      return value;
    },
    format: value => [options.base === 16 ? value.toString(16) : String(value)],
  };
}

/** A signed number. */
export function int(min: number, max: number, options: NumberOptions = {}): ValueType<number> {
  return {
    label: options.label ?? 'NUMBER',
    parse(cursor, keyword) {
      const word = cursor.next();
      const value = signed(word, min, max, options.base ?? 0);
      if (value === undefined) throw wrongValue(options, keyword, word);
      return value;
    },
    format: value => [String(value)],
  };
}

/** An unsigned 64-bit number. */
export function uint64(options: NumberOptions = {}): ValueType<bigint> {
  return {
    label: options.label ?? 'NUMBER',
    parse(cursor, keyword) {
      const word = cursor.next();
      const value = unsigned64(word, options.base ?? 0);
      if (value === undefined) throw wrongValue(options, keyword, word);
      return value;
    },
    format: value => [String(value)],
  };
}

/** 8-bit unsigned. */
export const u8: ValueType<number> = uint(0xff);
/** 16-bit unsigned. */
export const u16: ValueType<number> = uint(0xffff);
/** 32-bit unsigned. */
export const u32: ValueType<number> = uint(0xffffffff);
/** 64-bit unsigned. */
export const u64: ValueType<bigint> = uint64();
/** 32-bit signed. */
export const s32: ValueType<number> = int(-0x80000000, 0x7fffffff);

/** `on` or `off`. */
export const onOff: ValueType<boolean> = {
  label: '{ on | off }',
  complete: ['on', 'off'],
  parse(cursor, keyword) {
    const word = cursor.next();
    if (word === 'on') return true;
    if (word === 'off') return false;
    throw refuse(`Error: argument of "${keyword}" must be "on" or "off", not "${word}"`);
  },
  format: value => [value ? 'on' : 'off'],
};

/** A number that must be 0 or 1. */
export const bit: ValueType<number> = {
  label: '{ 0 | 1 }',
  complete: ['0', '1'],
  parse(cursor, keyword) {
    const word = cursor.next();
    const value = unsigned(word, 0xffffffff);
    if (value === undefined) throw invalid(word, keyword);
    if (value > 1) throw wrong(word, `"${keyword}" value should be 0 or 1\n`);
    return value;
  },
  format: value => [String(value)],
};

/** As words(), of which any beginning will do; the first that fits. */
export function abbreviated<const V>(table: Readonly<Record<string, V>>, options: NumberOptions = {}): ValueType<V> {
  const whole = words(table, options);
  return {
    ...whole,
    parse(cursor, keyword) {
      const word = cursor.next();
      const found = Object.keys(table).find(name => begins(word, name));
      if (found === undefined) throw wrongValue(options, keyword, word);
      return table[found] as V;
    },
  };
}

/** One of some words; the spec holds the word's value. */
export function words<const V>(table: Readonly<Record<string, V>>, options: NumberOptions = {}): ValueType<V> {
  const all = Object.keys(table);
  return {
    label: options.label ?? `{ ${all.join(' | ')} }`,
    complete: all,
    parse(cursor, keyword) {
      const word = cursor.next();
      if (!Object.hasOwn(table, word)) throw wrongValue(options, keyword, word);
      return table[word] as V;
    },
    format: value => [all.find(word => table[word] === value) ?? String(value)],
    accepts: word => Object.hasOwn(table, word),
  };
}

/** A link-layer address of any length. */
export const lladdr: ValueType<Uint8Array> = {
  label: 'LLADDR',
  complete: 'lladdr',
  parse: cursor => lladdrOf(cursor.next()),
  format: value => [formatLladdr(value)],
};

/**
 * Bytes of a link-layer address: hex bytes between colons, or an IPv4 address, which tunnels have.
 * As in the reference, what follows the hex digits of a byte is not looked at.
 * @param limit bytes kept; the reference drops the rest in silence: 33 for a link, 21 for a neighbour
 * @param status of a refusal
 * @throws {UsageError} `"zz" is invalid lladdr.`
 */
export function lladdrOf(word: string, limit: number = LLADDR_LIMIT, status: number = MISUSE): Uint8Array {
  if (word.includes('.')) {
    const found = parseAddress(word, 2);
    if (found === undefined) throw refuse(`"${word}" is invalid lladdr.`, status);
    return found.bytes();
  }
  return Uint8Array.from(word.split(':').slice(0, limit), part => {
    const found = /^\s*([+-]?)(?:0[xX](?=[0-9a-fA-F]))?([0-9a-fA-F]+)/.exec(part);
    const value =
      found === null ? -1 : Number(BigInt.asUintN(32, BigInt(`0x${found[2]}`))) * (found[1] === '-' ? -1 : 1);
    if (value < 0 || value > 255) throw refuse(`"${part}" is invalid lladdr.`, status);
    return value;
  });
}

/** A name from a file of /etc/iproute2, or its number up to `max`. */
function named(
  pick: (names: Names) => NameTable,
  max: number,
  complete: Completion,
  options: NumberOptions,
): ValueType<number> {
  return {
    label: options.label ?? 'NUMBER',
    complete,
    parse(cursor, keyword, env) {
      const word = cursor.next();
      const value = numberOf(word, pick(env.names), max, options.base ?? 0);
      if (value === undefined) throw wrongValue(options, keyword, word);
      return value;
    },
    format: (value, env) => [
      pick(env.names).name(value) ?? (options.base === 16 ? `0x${value.toString(16)}` : String(value)),
    ],
  };
}

/** Digits are never looked up first where that saves reading the file. */
function numberOf(word: string, table: NameTable, max: number, base: 0 | 10 | 16): number | undefined {
  return table.toNumber(word) ?? unsigned(word, max, base);
}

/** Table by name or number. `all` and `cache` are the filters' affair. */
export const tableName: ValueType<number> = named(n => n.table, 0xffffffff, 'table', {
  label: 'TABLE_ID',
  name: 'table',
});
/** Route protocol by name or number. */
export const protocolName: ValueType<number> = named(n => n.protocol, 255, 'protocol', {
  label: 'RTPROTO',
  name: 'protocol',
});
/** Scope by name or number. */
export const scopeName: ValueType<number> = named(n => n.scope, 255, 'scope', {
  label: 'SCOPE',
  text: 'invalid "scope" value\n',
});
/** TOS by name or hexadecimal number. */
export const dsfield: ValueType<number> = named(n => n.dsfield, 255, 'dsfield', {label: 'TOS', name: 'tos', base: 16});
/** Group by name or number, of which the reference keeps 32 bits with a sign. */
export const group: ValueType<number> = {
  label: 'GROUP',
  complete: 'group',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const value =
      env.names.group.toNumber(word) ?? signed(word, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? -1;
    if ((value | 0) < 0) throw wrong(word, 'Invalid "group" value\n');
    return value | 0;
  },
  format: (value, env) => [env.names.group.name(value) ?? String(value)],
};

/** `REALM`, or `FROM/TO`: two 16-bit halves. */
export const realms: ValueType<number> = {
  label: 'REALM',
  complete: 'realm',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const value = realmsOf(word, env);
    if (value === undefined) throw invalid(word, 'realm');
    return value;
  },
  format(value, env) {
    const high = value >>> 16;
    const low = env.names.realm.toText(value & 0xffff);
    return [high === 0 ? low : `${env.names.realm.toText(high)}/${low}`];
  },
};

/** A whole 32-bit number; else names or numbers up to 255 on each side of a slash, the last one may be empty. */
export function realmsOf(word: string, env: GrammarEnv): number | undefined {
  const whole = unsigned(word, 0xffffffff);
  if (whole !== undefined) return whole;
  const slash = word.indexOf('/');
  const table = env.names.realm;
  const from = slash < 0 ? 0 : numberOf(word.slice(0, slash), table, 255, 0);
  const last = word.slice(slash + 1);
  const to = last === '' ? 0 : numberOf(last, table, 255, 0);
  return from === undefined || to === undefined ? undefined : ((from << 16) | to) >>> 0;
}
