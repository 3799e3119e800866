import {parseAddress} from '../addr/iproute.js';
import {refuse, wrong} from '../grammar/errors.js';
import {formatClause} from '../grammar/format.js';
import {
  type Clause,
  clause,
  keyword,
  type Parsed,
  type SpecBag,
  type Terms,
  type ValueType,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {parseClause, parseInto} from '../grammar/parse.js';
import {uint} from '../grammar/values.js';
import {Protocols} from '../names/services.js';
import {AF_INET} from '../rtnetlink/constants.js';
import {packAddress} from '../rtnetlink/xfrm/payloads.js';
import type {SelectorRequest} from '../rtnetlink/xfrm/schema.js';
import {anyEndpoint, checkFamilies, device, ownEndpoint, unknown} from './xfrmValues.js';

/** Protocols of IP. Source: uapi linux/in.h, linux/in6.h. */
const IP = 0;
const ICMP = 1;
const GRE = 47;
const ICMPV6 = 58;
const MOBILITY_HEADER = 135;
const withPorts: readonly number[] = [6, 17, 33, 132];
const withTypes: readonly number[] = [ICMP, ICMPV6, MOBILITY_HEADER];

/** A protocol of IP by number or name. */
const protocol: ValueType<number> = {
  label: 'PROTO',
  parse(cursor) {
    const name = cursor.next();
    const value = name === 'any' ? IP : (new Protocols().number(name) ?? unsigned(name, 255));
    if (value === undefined) throw wrong(name, 'PROTO value is invalid');
    return value;
  },
  format: value => [String(value)],
};

const after = (name: string, max: number) => uint(max, {text: `value after "${name}" is invalid`});

/** A key of GRE: a number, or four octets. */
const greKey: ValueType<number> = {
  label: '{ DOTTED-QUAD | NUMBER }',
  parse(cursor) {
    const name = cursor.next();
    if (name.includes('.')) {
      const quad = parseAddress(name, AF_INET);
      if (quad === undefined) throw refuse(`Error: an IP address is expected rather than "${name}"`, 1);
      return quad.a;
    }
    const value = unsigned(name, 0xffffffff);
    if (value === undefined) throw refuse('value after "key" is invalid');
    return value;
  },
  format: value => [String(value)],
};

/** What lies above IP. */
const upper = clause(
  () => ({
    proto: keyword('proto', protocol),
    sport: keyword('sport', after('sport', 0xffff)),
    dport: keyword('dport', after('dport', 0xffff)),
    type: keyword('type', after('type', 0xff)),
    code: keyword('code', after('code', 0xff)),
    key: keyword('key', greKey),
  }),
  {finish: checkUpper},
);

function checkUpper({proto = IP, sport, dport, type, code, key}: SpecBag): void {
  const misfit = (words: string, verb: string): Error =>
    refuse(`${words} ${verb} invalid with PROTO value "${protocolName(proto)}"`, 1);
  if ((sport !== undefined || dport !== undefined) && proto !== IP && !withPorts.includes(proto)) {
    throw misfit('"sport" and "dport"', 'are');
  }
  if ((type !== undefined || code !== undefined) && !withTypes.includes(proto))
    throw misfit('"type" and "code"', 'are');
  if (key !== undefined && proto !== GRE) throw misfit('"key"', 'is');
}

/** Name of a protocol of IP, or its number. */
export function protocolName(proto: number): string {
  return new Protocols().name(proto) ?? String(proto);
}

const endsOf = (end: typeof ownEndpoint) =>
  clause(() => ({
    src: keyword('src', end),
    dst: keyword('dst', end),
    dev: keyword('dev', device('DEV value is invalid')),
  }));
const ownEnds = endsOf(ownEndpoint);

/** Which packets, as words say it. */
export type SelectorSpec = Parsed<typeof ownEnds> & {readonly upper?: Parsed<typeof upper>};

function selectorWith(ends: typeof ownEnds): ValueType<SelectorSpec> {
  return {
    label: 'SELECTOR',
    accepts: () => true,
    parse(cursor, _keyword, env) {
      const spec: SpecBag = {};
      if (cursor.done) cursor.next();
      parseInto(ends as unknown as Clause<Terms>, cursor, env, spec);
      if (Object.hasOwn(upper.terms, cursor.peek() ?? '')) {
        spec.upper = parseClause(upper, cursor, env);
        parseInto(ends as unknown as Clause<Terms>, cursor, env, spec);
      }
      checkFamilies(spec, cursor.peek(-1));
      return spec;
    },
    format: (spec, env) => [...formatClause(ends, spec, env), ...formatClause(upper, spec.upper ?? {}, env)],
  };
}

/** Words about packets, which stand together; those about what lies above IP only once. */
export const selector: ValueType<SelectorSpec> = selectorWith(ownEnds);
/** The same with addresses of any family, whatever the options say. */
export const freeSelector: ValueType<SelectorSpec> = selectorWith(endsOf(anyEndpoint));

/** Where such words are expected: others are refused. */
export const filterSelector: ValueType<SelectorSpec> = {
  ...selector,
  parse(cursor, keyword, env, spec) {
    const first = cursor.peek() ?? '';
    const found = selector.parse(cursor, keyword, env, spec);
    if (Object.keys(found).length === 0) throw unknown(first);
    return found;
  },
};

const ALL_BITS = 0xffff;

/**
 * A selector as the kernel takes it.
 * @param family where no address says it
 */
export function selectorOf({src, dst, dev, upper = {}}: SelectorSpec, family: number): SelectorRequest {
  const {proto, type, code, key} = upper;
  const sport = upper.sport ?? type ?? (key === undefined ? undefined : key >>> 16);
  const dport = upper.dport ?? code ?? (key === undefined ? undefined : key & ALL_BITS);
  return {
    daddr: packAddress(dst?.address),
    saddr: packAddress(src?.address),
    dport,
    dportMask: dport === undefined ? 0 : ALL_BITS,
    sport,
    sportMask: sport === undefined ? 0 : ALL_BITS,
    family: dst?.family ?? src?.family ?? family,
    prefixlenD: dst?.length,
    prefixlenS: src?.length,
    proto,
    ifindex: dev,
  };
}
