import {begins} from '../../grammar/cursor.js';
import {wrong} from '../../grammar/errors.js';
import {choice, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {tunnelKey} from './tunnel.js';
import {number} from './values.js';

/** Bits of the first word of a GRE header. Source: RFC 2890. */
const CSUM = 0x8000;
const KEY = 0x2000;
const SEQ = 0x1000;

/** Kinds whose options have the same numbers. */
export const greKinds = ['gre', 'gretap', 'erspan', 'ip6gre', 'ip6gretap', 'ip6erspan'];

const moves = {match: 'prefix', duplicate: 'move'} as const;

/** Keys, sequence numbers and checksums, each for one direction or for both. A later word undoes an earlier one. */
export const greFlowTerms = () => ({
  key: keyword('key', tunnelKey, moves),
  ikey: keyword('ikey', tunnelKey, moves),
  okey: keyword('okey', tunnelKey, moves),
  nokey: flag('nokey', moves),
  noikey: flag('noikey', moves),
  nookey: flag('nookey', moves),
  seq: choice({seq: true, noseq: false}, moves),
  iseq: choice({iseq: true, noiseq: false}, moves),
  oseq: choice({oseq: true, nooseq: false}, moves),
  csum: choice({csum: true, nocsum: false}, moves),
  icsum: choice({icsum: true, noicsum: false}, moves),
  ocsum: choice({ocsum: true, noocsum: false}, moves),
});

/** What one direction has. */
interface Direction {
  flags: number;
  key: number;
}

/** Every word of greFlowTerms() as the directions it is about, the bit, and whether it clears it. */
const meanings: Readonly<Record<string, readonly [directions: string, bit: number, clears?: boolean]>> = {
  key: ['io', KEY],
  ikey: ['i', KEY],
  okey: ['o', KEY],
  nokey: ['io', KEY, true],
  noikey: ['i', KEY, true],
  nookey: ['o', KEY, true],
  seq: ['io', SEQ],
  iseq: ['i', SEQ],
  oseq: ['o', SEQ],
  csum: ['io', CSUM],
  icsum: ['i', CSUM],
  ocsum: ['o', CSUM],
};

/**
 * Keys and flags from what is and the words, in the reference's order.
 * @param group a multicast remote, which is the key of a direction that has none
 */
export function greFlowData(spec: SpecBag, old: SpecBag, group?: number): SpecBag {
  const i: Direction = {flags: old.iflags ?? 0, key: old.ikey ?? 0};
  const o: Direction = {flags: old.oflags ?? 0, key: old.okey ?? 0};
  for (const [word, value] of Object.entries(spec)) {
    const meaning = meanings[word];
    if (meaning === undefined) continue;
    const [directions, bit, clears] = meaning;
    for (const one of directions === 'io' ? [i, o] : [directions === 'i' ? i : o]) {
      const isSet = clears !== true && value !== false;
      one.flags = isSet ? one.flags | bit : one.flags & ~bit;
      if (bit === KEY) one.key = isSet ? (value as number) : 0;
    }
  }
  for (const one of group === undefined ? [] : [i, o]) {
    if (one.key !== 0) continue;
    one.key = group as number;
    one.flags |= KEY;
  }
  return {ikey: i.key, okey: o.key, iflags: i.flags, oflags: o.flags};
}

/** Version, index and what else a mirrored packet tells. In full only. */
export const erspanTerms = () => ({
  erspanVer: keyword('erspan_ver', bounded(0, 2, 0xff, 'invalid erspan version\n', 'erspan version must be 0/1/2\n')),
  erspanIndex: keyword(
    'erspan',
    bounded(1, 0xfffff, 0xffffffff, 'invalid erspan index\n', 'erspan index must be > 0 and <= 20-bit\n'),
  ),
  erspanDir: keyword('erspan_dir', direction),
  erspanHwid: keyword('erspan_hwid', number(0xffff, 'invalid erspan hwid\n')),
});

/**
 * A number with one text for what is none and one for what is out of bounds.
 * @param limit beyond it a number is none
 */
function bounded(min: number, max: number, limit: number, none: string, outside: string): ValueType<number> {
  return {
    label: 'NUMBER',
    parse(cursor) {
      const word = cursor.next();
      const value = unsigned(word, limit);
      if (value === undefined) throw wrong(word, none);
      if (value < min || value > max) throw wrong(word, outside);
      return value;
    },
    format: value => [String(value)],
  };
}

const directionWords = ['ingress', 'egress'];
const direction: ValueType<number> = {
  label: '{ ingress | egress }',
  complete: directionWords,
  parse(cursor) {
    const word = cursor.next();
    const index = directionWords.findIndex(name => begins(word, name));
    if (index === -1) throw wrong(word, 'Invalid erspan direction.');
    return index;
  },
  format: value => [directionWords[value] ?? ''],
};

/** Index of version 1, or direction and hardware id of version 2. */
export function erspanData(spec: SpecBag, old: SpecBag): SpecBag {
  const erspanVer = spec.erspanVer ?? old.erspanVer ?? 1;
  const attributes: SpecBag = {erspanVer};
  const erspanIndex = spec.erspanIndex ?? old.erspanIndex ?? 0;
  if (erspanVer === 1 && erspanIndex !== 0) attributes.erspanIndex = erspanIndex;
  if (erspanVer === 2) {
    attributes.erspanDir = spec.erspanDir ?? old.erspanDir ?? 0;
    attributes.erspanHwid = spec.erspanHwid ?? old.erspanHwid ?? 0;
  }
  return attributes;
}
