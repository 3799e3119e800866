import {UsageError} from '../../errors.js';
import {refuse} from '../../grammar/errors.js';
import {clause, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {int} from '../../grammar/values.js';
import {lladdr} from '../linkValues.js';
import {kindUsage, type LinkKind, refuseWithUsage} from './kind.js';
import {option} from './values.js';

/** MACVLAN_MODE_*, MACVLAN_FLAG_* and MACVLAN_MACADDR_*. Source: uapi linux/if_link.h. */
const modes = {private: 1, vepa: 2, bridge: 4, passthru: 8, source: 16} as const;
const flags = {nopromisc: 1, nodst: 2, null: 0} as const;
const ADD = 0;
const DEL = 1;
const FLUSH = 2;
const SET = 3;

function oneOf(table: Readonly<Record<string, number>>): ValueType<number> {
  const all = Object.keys(table);
  return {
    label: `{ ${all.join(' | ')} }`,
    complete: all,
    parse(cursor, keyword) {
      const word = cursor.next();
      const value = Object.hasOwn(table, word) ? table[word] : undefined;
      if (value !== undefined) return value;
      const quoted = all.map(name => `"${name}"`);
      const list = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
      throw refuse(`Error: argument of "${keyword}" must be ${list}, not "${word}"`, 1);
    },
    format: value => [all.find(name => table[name] === value) ?? ''],
  };
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
      const one = () => [lladdr.parse(cursor, keyword, env, spec)];
      switch (word) {
        case 'add':
          return {mode: ADD, addresses: one()};
        case 'del':
          return {mode: DEL, addresses: one()};
        case 'flush':
          return {mode: FLUSH, addresses: []};
        case 'set': {
          const addresses: Uint8Array[] = [];
          while (cursor.peek()?.includes(':') === true) addresses.push(...one());
          return {mode: SET, addresses};
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

function make(name: string): LinkKind {
  const options = clause({
    mode: option('mode', oneOf(modes)),
    flags: option('flag', oneOf(flags)),
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
