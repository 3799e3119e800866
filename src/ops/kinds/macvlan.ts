import {UsageError} from '../../errors.js';
import {refuse} from '../../grammar/errors.js';
import {
  type Cursor,
  clause,
  flag,
  type GrammarEnv,
  keyword,
  type SpecBag,
  type ValueType,
} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {int, lladdrOf} from '../../grammar/values.js';
import {lladdr} from '../linkValues.js';
import {oneOf} from '../wordValues.js';
import {kindUsage, type LinkKind, refuseWithUsage, unknownWord} from './kind.js';
import {option} from './values.js';

/** MACVLAN_MODE_*, MACVLAN_FLAG_* and MACVLAN_MACADDR_*. Source: uapi linux/if_link.h. */
const modes = {private: 1, vepa: 2, bridge: 4, passthru: 8, source: 16} as const;
const flags = {nopromisc: 1, nodst: 2, null: 0} as const;
const ADD = 0;
const DEL = 1;
const FLUSH = 2;
const SET = 3;
/** Length of an Ethernet address. */
const ETH_ALEN = 6;

/** One of some words, which the refusal of another one lists. */
function listed(table: Readonly<Record<string, number>>): ValueType<number> {
  return oneOf(table, (word, keyword) => {
    const quoted = Object.keys(table).map(name => `"${name}"`);
    const list = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
    return refuse(`Error: argument of "${keyword}" must be ${list}, not "${word}"`, 1);
  });
}

const queueLength: ValueType<number> = {
  label: 'BC_QUEUE_LEN',
  parse(cursor, keyword) {
    const word = cursor.next();
    const value = unsigned(word, 0xffffffff);
    if (value === undefined) {
      throw refuse(`Error: argument of "${keyword}" must be a positive integer [0-4294967295], not "${word}"`, 1);
    }
    return value;
  },
  format: value => [String(value)],
};

/** Change of the addresses of mode `source`. */
interface Sources {
  readonly mode: number;
  readonly addresses: readonly Uint8Array[];
}

/** `add MAC`, `del MAC`, `flush`, or `set` and as many addresses as there are. */
function sources(kind: () => LinkKind): ValueType<Sources> {
  return {
    label: '{ { add | del } LLADDR | set [ LLADDR... ] | flush }',
    parse(cursor, keyword, env, spec) {
      const word = cursor.next();
      const one = () => {
        const address = lladdr.parse(cursor, keyword, env, spec);
        if (address.length !== ETH_ALEN) throw new UsageError(1, []);
        return [address];
      };
      switch (word) {
        case 'add':
          return {mode: ADD, addresses: one()};
        case 'del':
          return {mode: DEL, addresses: one()};
        case 'flush':
          return {mode: FLUSH, addresses: []};
        case 'set': {
          return {mode: SET, addresses: [...leading(cursor, env, kind())]};
        }
        default:
          throw new UsageError(1, kindUsage(kind()));
      }
    },
    format: ({mode, addresses}, env) => [
      ['add', 'del', 'flush', 'set'][mode] ?? '',
      ...addresses.flatMap(mac => lladdr.format(mac, env)),
    ],
  };
}

/** Addresses up to the first word that is none, which is told. The reference goes on with the part before its first colon. */
function* leading(cursor: Cursor, env: GrammarEnv, kind: LinkKind): Generator<Uint8Array> {
  for (let word = cursor.peek(); word !== undefined; word = cursor.peek()) {
    const address = readable(word, env);
    if (address?.length !== ETH_ALEN) {
      if (word.includes(':')) throw unknownWord(kind, word.slice(0, word.indexOf(':')));
      return;
    }
    cursor.next();
    yield address;
  }
}

function readable(word: string, env: GrammarEnv): Uint8Array | undefined {
  try {
    return lladdrOf(word);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    for (const line of error.lines) env.warn?.(line);
    return undefined;
  }
}

function make(name: string): LinkKind {
  const options = clause({
    mode: option('mode', listed(modes)),
    flags: option('flag', listed(flags)),
    nopromisc: flag('nopromisc', {match: 'prefix', value: flags.nopromisc}),
    nodst: flag('nodst', {match: 'prefix', value: flags.nodst}),
    macaddr: option(
      'macaddr',
      sources(() => kind),
    ),
    bcQueueLen: option('bcqueuelen', queueLength),
    // Newer than iproute2 6.1: in full only.
    bcCutoff: keyword('bclim', int(-0x80000000, 0x7fffffff, {text: 'invalid bclim'})),
  });
  const kind: LinkKind = {
    name,
    options,
    unknown: 'unknown option',
    data(spec) {
      const attributes: SpecBag = {};
      let bits = 0;
      let hasFlags = false;
      for (const [key, value] of Object.entries(spec)) {
        if (key === 'nopromisc' || key === 'nodst' || key === 'flags') {
          hasFlags = true;
          bits |= value;
        } else if (key === 'macaddr') Object.assign(attributes, macaddrRequest(value));
        else if (key !== 'mode') attributes[key] = value;
      }
      if ((bits & flags.nopromisc) !== 0 && spec.mode !== modes.passthru) {
        throw refuseWithUsage(kind, 'nopromisc flag only valid in passthru mode');
      }
      if (spec.mode !== undefined) attributes.mode = spec.mode;
      if (hasFlags) attributes.flags = bits;
      return attributes;
    },
  };
  return kind;
}

function macaddrRequest({mode, addresses}: Sources): SpecBag {
  if (mode === FLUSH) return {macaddrMode: mode};
  return mode === SET ? {macaddrMode: mode, macaddrData: addresses} : {macaddrMode: mode, macaddr: addresses[0]};
}

/** `type macvlan`. */
export const macvlan = (): LinkKind => make('macvlan');
/** `type macvtap`. */
export const macvtap = (): LinkKind => make('macvtap');
