import type {ParsedPrefix} from '../addr/iproute.js';
import {begins} from '../grammar/cursor.js';
import {duplicate, refuse, wrong} from '../grammar/errors.js';
import {
  clause,
  type GrammarEnv,
  keyword,
  type Parsed,
  repeat,
  type SpecBag,
  type ValueType,
} from '../grammar/grammar.js';
import {nested} from '../grammar/nested.js';
import {unsigned, unsigned64} from '../grammar/numbers.js';
import {formatPrefix, prefixOf, uint, words} from '../grammar/values.js';
import {XFRM_INF, xfrmModes, xfrmProtocols} from '../rtnetlink/xfrm/constants.js';
import type {LimitsRequest} from '../rtnetlink/xfrm/schema.js';

/** `argument "XFRM-PROTO" is required`. */
export function required(what: string): Error {
  return refuse(`Error: argument "${what}" is required`);
}

/** A word where another one of this kind may not stand. */
export const unknown = (name: string): Error => wrong(name, 'unknown');

/** A second one, told by its keyword. */
export const twice = (name: string): Error => duplicate(name, name);

/** A 32-bit number. */
export function number(label: string, text: string): ValueType<number> {
  return uint(0xffffffff, {label, text});
}

/** An index of a device. */
export function device(text: string): ValueType<number> {
  return {
    label: 'DEV',
    complete: 'device',
    parse(cursor, _keyword, env) {
      const name = cursor.next();
      const index = env.deviceIndex?.(name) ?? 0;
      if (index === 0) throw wrong(name, text);
      return index;
    },
    format: index => [`if${index}`],
  };
}

/** An address, with or without a length. @throws {UsageError} when nothing tells its family */
export function knownPrefix(word: string, keyword: string, family: number): ParsedPrefix {
  const found = prefixOf(word, family);
  if (found.family === 0) throw wrong(word, `value after "${keyword}" has an unrecognized address family`);
  return found;
}

/** The same as a value. */
function endpoint(family: (env: GrammarEnv) => number): ValueType<ParsedPrefix> {
  return {
    label: 'ADDR',
    complete: 'address',
    parse: (cursor, keyword, env) => knownPrefix(cursor.next(), keyword, family(env)),
    format: value => [formatPrefix(value)],
  };
}

/** An end that the family options restrict. */
export const ownEndpoint = endpoint(env => env.family);
/** An end of any family. */
export const anyEndpoint = endpoint(() => 0);

/** Both ends are of one family; the last word read is blamed. */
export function checkFamilies({src, dst}: SpecBag, lastWord: string | undefined): void {
  if (src === undefined || dst === undefined || src.family === dst.family) return;
  throw wrong(lastWord ?? '', 'the same address family is required between values after "src" and "dst"');
}

/** `esp`, `ah`, ... */
export const transform: ValueType<number> = words(xfrmProtocols, {
  label: 'XFRM-PROTO',
  text: 'XFRM-PROTO value is invalid',
});

/** Name of a transform. */
export function transformName(proto: number): string {
  return Object.entries(xfrmProtocols).find(([, value]) => value === proto)?.[0] ?? String(proto);
}

const COMP_SPI_MAX = 0xffff;

function checkSpi({proto, spi}: SpecBag): void {
  if (spi === undefined || proto === undefined) return;
  const name = transformName(proto);
  if (proto === xfrmProtocols.route2 || proto === xfrmProtocols.hao) {
    throw refuse(`"spi" is invalid with XFRM-PROTO value "${name}"`, 1);
  }
  if (proto === xfrmProtocols.comp && spi > COMP_SPI_MAX) {
    throw refuse(`SPI value is too large with XFRM-PROTO value "${name}"`, 1);
  }
}

function idClause(end: ValueType<ParsedPrefix>, isLoose: boolean) {
  return clause(
    () => ({
      src: keyword('src', end),
      dst: keyword('dst', end),
      proto: keyword('proto', transform),
      spi: keyword('spi', number('SPI', 'SPI value is invalid')),
    }),
    {
      finish(spec, cursor) {
        checkFamilies(spec, cursor.peek(-1));
        if (!isLoose && spec.proto === undefined) throw required('XFRM-PROTO');
        checkSpi(spec);
      },
    },
  );
}

const strictId = idClause(ownEndpoint, false);
const looseId = idClause(ownEndpoint, true);
const templateId = idClause(anyEndpoint, false);

/** What names a state. */
export type IdSpec = Parsed<typeof strictId>;

function idValue(inner: typeof strictId, isLoose: boolean): ValueType<IdSpec> {
  return {
    ...nested(inner, 'ID'),
    accepts: () => true,
    parse(cursor, _keyword, env) {
      const first = cursor.peek() ?? '';
      const spec = nested(inner).parse(cursor, 'ID', env, {});
      if (isLoose && Object.keys(spec).length === 0) throw unknown(first);
      return spec;
    },
  };
}

/** The words that name a state, which stand together. */
export const id: ValueType<IdSpec> = idValue(strictId, false);
/** The same as a filter: any part of it will do. */
export const filterId: ValueType<IdSpec> = idValue(looseId, true);
/** The same in a template, where families are free. */
export const idOfTemplate: ValueType<IdSpec> = idValue(templateId, false);

/** Any beginning of a mode's name will do. */
export const mode: ValueType<number> = {
  label: 'MODE',
  complete: Object.keys(xfrmModes),
  parse(cursor) {
    const name = cursor.next();
    const found = Object.entries(xfrmModes).find(([word]) => begins(name, word));
    if (found === undefined) throw wrong(name, 'MODE value is invalid');
    return found[1];
  },
  format: value => Object.keys(xfrmModes).filter(word => xfrmModes[word as keyof typeof xfrmModes] === value),
};

/** Packets that a state or policy is for. */
export interface Mark {
  readonly v: number;
  readonly m: number;
}

/** `MARK [ mask MASK ]`. */
export const mark: ValueType<Mark> = {
  label: 'MARK [ mask MASK ]',
  parse(cursor) {
    const part = (what: string): number => {
      const name = cursor.next();
      const value = unsigned(name, 0xffffffff);
      if (value === undefined) throw wrong(name, `${what} value is invalid\n`);
      return value;
    };
    const v = part('MARK');
    if (cursor.peek() !== 'mask') return {v, m: 0xffffffff};
    cursor.next();
    return {v, m: part('MASK')};
  },
  format: ({v, m}) => [String(v), 'mask', String(m)],
};

/** Words of a bit mask up to the first other word, or the mask in hexadecimal digits. */
export function flagList(table: Readonly<Record<string, number>>, max: number, text: string): ValueType<number> {
  const all = Object.keys(table);
  const known = Object.values(table).reduce((sum, bit) => sum | bit, 0);
  return {
    label: text.split(' ')[0] ?? '',
    complete: all,
    parse(cursor) {
      const first = cursor.next();
      if (first.startsWith('0x')) {
        const value = unsigned(first, max, 16);
        if (value === undefined) throw wrong(first, text);
        return value;
      }
      let value = 0;
      cursor.position--;
      for (let bit = table[first]; bit !== undefined; bit = table[cursor.peek() ?? '']) {
        value |= bit;
        cursor.position++;
      }
      return value;
    },
    format: value =>
      value === 0 || (value & ~known) !== 0
        ? [`0x${value.toString(16)}`]
        : all.filter(word => ((table[word] ?? 0) & value) !== 0),
  };
}

const limitFields = {
  'time-soft': 'softAddExpiresSeconds',
  'time-hard': 'hardAddExpiresSeconds',
  'time-use-soft': 'softUseExpiresSeconds',
  'time-use-hard': 'hardUseExpiresSeconds',
  'byte-soft': 'softByteLimit',
  'byte-hard': 'hardByteLimit',
  'packet-soft': 'softPacketLimit',
  'packet-hard': 'hardPacketLimit',
} as const satisfies Readonly<Record<string, keyof LimitsRequest>>;
type LimitWord = keyof typeof limitFields;

/** One limit. */
export interface Limit {
  readonly what: LimitWord;
  readonly value: bigint;
}

/** `limit LIMIT`, any number of times. */
export const limits = repeat('limit', {
  label: 'LIMIT',
  complete: Object.keys(limitFields),
  parse(cursor): Limit {
    const what = cursor.next();
    if (!Object.hasOwn(limitFields, what)) throw wrong(what, 'LIMIT value is invalid');
    const name = cursor.next();
    const value = unsigned64(name);
    if (value === undefined) throw wrong(name, `value after "${what}" is invalid`);
    return {what: what as LimitWord, value};
  },
  format: ({what, value}) => [what, String(value)],
});

/** Limits as the kernel takes them: none but those that were said. */
export function limitsOf(said: readonly Limit[] = []): LimitsRequest {
  const limits: {-readonly [K in keyof LimitsRequest]: LimitsRequest[K]} = {
    softByteLimit: XFRM_INF,
    hardByteLimit: XFRM_INF,
    softPacketLimit: XFRM_INF,
    hardPacketLimit: XFRM_INF,
  };
  for (const {what, value} of said) limits[limitFields[what]] = value;
  return limits;
}
