import {IpAddress} from '../addr/ip.js';
import {parseAddress} from '../addr/iproute.js';
import {UsageError} from '../errors.js';
import {refuse, wrong} from '../grammar/errors.js';
import {flag, type GrammarEnv, keyword, rest, type ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {device} from '../grammar/values.js';
import {GRE_CSUM, GRE_KEY, GRE_SEQ} from '../rtnetlink/link/tunnelParms.js';
import {checkedName} from './newName.js';

const AF_INET = 2;

/** A command line about a tunnel. */
export interface TunnelEnv extends GrammarEnv {
  /** What the kernel has under the name that a change begins with; the words then change that. */
  readonly current?: (name: string) => unknown;
  /** Position of the first word behind the verb. */
  first?: number;
}

/** An IPv4 address; `any` and `all` are 0.0.0.0. */
export const address4: ValueType<IpAddress> = {
  label: 'ADDR',
  complete: 'address',
  parse: cursor => address4Of(cursor.next()),
  format: value => [String(value)],
};

function address4Of(word: string): IpAddress {
  const found = word === 'any' || word === 'all' ? IpAddress.inet(0) : parseAddress(word, AF_INET);
  if (found === undefined) throw new UsageError(1, `Error: an IP address is expected rather than "${word}"`);
  return found;
}

/** A number, or four of them with dots. */
const key: ValueType<number> = {
  label: 'KEY',
  parse(cursor, keyword) {
    const word = cursor.next();
    if (word.includes('.')) return address4Of(word).a;
    const value = unsigned(word, 0xffffffff);
    if (value === undefined) {
      throw refuse(`invalid value for "${keyword}": "${word}"; it should be an unsigned integer`);
    }
    return value;
  },
  format: value => [String(value)],
};

/** The name of the tunnel. A change that begins with it starts from what the kernel has. */
const name: ValueType<string> = {
  label: 'NAME',
  complete: 'device',
  parse(cursor, keyword, env: TunnelEnv, spec) {
    const at = cursor.position;
    const found = checkedName(cursor.next(), keyword);
    const isFirst = at === env.first || (at === (env.first ?? 0) + 1 && cursor.argv[at - 1] === 'name');
    if (isFirst && env.current !== undefined) spec.base = env.current(found);
    return found;
  },
  format: value => [value],
};

/** Terms that tunnels of both families have. */
export const commonTerms = {
  key: keyword('key', key),
  ikey: keyword('ikey', key),
  okey: keyword('okey', key),
  seq: flag('seq'),
  iseq: flag('iseq'),
  oseq: flag('oseq'),
  csum: flag('csum'),
  icsum: flag('icsum'),
  ocsum: flag('ocsum'),
  dev: keyword('dev', device),
  name: rest(
    {...name, parse: (cursor, _keyword, env, spec) => name.parse(cursor, 'name', env, spec)},
    {
      noise: 'name',
      duplicate: 'garbage',
      help: 'alone',
    },
  ),
} as const;

/** What the common terms say. */
export interface CommonSpec {
  readonly key?: number | undefined;
  readonly ikey?: number | undefined;
  readonly okey?: number | undefined;
  readonly seq?: true | undefined;
  readonly iseq?: true | undefined;
  readonly oseq?: true | undefined;
  readonly csum?: true | undefined;
  readonly icsum?: true | undefined;
  readonly ocsum?: true | undefined;
}

/** Flags and keys of both directions. */
export interface GreParms {
  readonly iFlags: number;
  readonly oFlags: number;
  readonly iKey: number;
  readonly oKey: number;
}

/** Flags and keys after the words, in whose order `key` and `ikey` replace one another. */
export function greParms(spec: CommonSpec, base: GreParms | undefined): GreParms {
  let {iFlags, oFlags, iKey, oKey} = base ?? {iFlags: 0, oFlags: 0, iKey: 0, oKey: 0};
  for (const [word, value] of Object.entries(spec)) {
    if (word === 'key' || word === 'ikey') {
      iKey = value as number;
      iFlags |= GRE_KEY;
    }
    if (word === 'key' || word === 'okey') {
      oKey = value as number;
      oFlags |= GRE_KEY;
    }
  }
  if (spec.seq || spec.iseq) iFlags |= GRE_SEQ;
  if (spec.seq || spec.oseq) oFlags |= GRE_SEQ;
  if (spec.csum || spec.icsum) iFlags |= GRE_CSUM;
  if (spec.csum || spec.ocsum) oFlags |= GRE_CSUM;
  return {iFlags, oFlags, iKey, oKey};
}

/** A number of 0 to 255. @param ending of the text: some refusals leave an empty line */
export function ttlValue(ending: '' | '\n', mayInherit: boolean): ValueType<number> {
  return {
    label: 'TTL',
    parse(cursor) {
      const word = cursor.next();
      const value = mayInherit && word === 'inherit' ? 0 : unsigned(word, 255);
      if (value === undefined) throw wrong(word, `invalid TTL${ending}`);
      return value;
    },
    format: value => [String(value)],
  };
}
