import type {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {duplicate, garbage, wrong} from '../grammar/errors.js';
import {clause, flag, help, keyword, type Parsed, repeat, rest, type ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf, device, formatPrefix, prefixOf, protocolName, text} from '../grammar/values.js';
import {NUD_NONE} from '../rtnetlink/constants.js';
import {NEIGHBOUR_STATES, type NeighbourState} from '../rtnetlink/words.js';
import {masterName} from './vrf.js';

/** Words that any beginning of stands for; the others match in full. */
const abbreviated: readonly string[] = ['permanent', 'reachable', 'failed'];

/** A state by word, or by number when it has one bit at most. */
function stateOf(word: string): number | undefined {
  for (const [name, bit] of Object.entries(NEIGHBOUR_STATES)) {
    if (word === name || (word !== '' && abbreviated.includes(name) && name.startsWith(word))) return bit;
  }
  if (word === 'none') return NUD_NONE;
  const value = unsigned(word, 0xff);
  return value === undefined || (value & (value - 1)) !== 0 ? undefined : value;
}

const stateWords: readonly string[] = [...Object.keys(NEIGHBOUR_STATES), 'none'];

const state: ValueType<number> = {
  label: 'STATE',
  complete: stateWords,
  parse(cursor) {
    const word = cursor.next();
    const value = stateOf(word);
    if (value === undefined) throw wrong(word, 'nud state is bad');
    return value;
  },
  format: value => [
    value === NUD_NONE
      ? 'none'
      : ((Object.keys(NEIGHBOUR_STATES) as NeighbourState[]).find(name => NEIGHBOUR_STATES[name] === value) ??
        String(value)),
  ],
};

/** A state to look for, or all of them. */
const wantedState: ValueType<number | 'all'> = {
  ...state,
  complete: [...stateWords, 'all'],
  parse(cursor, keyword, env, spec) {
    if (cursor.peek() !== 'all') return state.parse(cursor, keyword, env, spec);
    cursor.next();
    return 'all';
  },
  format: (value, env) => (value === 'all' ? [value] : state.format(value, env)),
};

/** An address; the words for all of them are none. */
const neighbourAddress: ValueType<IpAddress | undefined> = {
  label: 'ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    if (word === 'any' || word === 'all' || word === 'default') return undefined;
    const found = addressOf(word, env.family);
    env.family = found.family;
    return found;
  },
  format: value => [String(value)],
};

/** `proxy ADDR`: the machine answers for the address, which nobody else may give. */
const proxied: ValueType<IpAddress | undefined> = {
  ...neighbourAddress,
  parse(cursor, keyword, env, spec) {
    if ('dst' in spec || 'proxy' in spec) throw duplicate('address', cursor.next());
    return neighbourAddress.parse(cursor, keyword, env, spec);
  },
};

/** The address without a keyword, not behind `proxy ADDR`. */
const plainAddress: ValueType<IpAddress | undefined> = {
  ...neighbourAddress,
  parse(cursor, keyword, env, spec) {
    if ('proxy' in spec) throw garbage('to', cursor.next());
    return neighbourAddress.parse(cursor, keyword, env, spec);
  },
};

/** An address that goes to `dst`, whatever stands before it. */
const asDestination: ValueType<undefined> = {
  ...plainAddress,
  parse(cursor, keyword, env, spec) {
    if ('dst' in spec) throw garbage('to', cursor.next());
    const dst = plainAddress.parse(cursor, keyword, env, spec);
    if (dst !== undefined) spec.dst = dst;
    return undefined;
  },
};

/** Words of `ip neigh add`, `change`, `replace` and `del`, in match order. */
export const neighOptions = clause({
  lladdr: keyword('lladdr', text('LLADDR', 'lladdr'), {match: 'prefix', duplicate: 'error'}),
  state: keyword('nud', state),
  proxy: keyword('proxy', proxied, {match: 'prefix'}),
  router: flag('router'),
  use: flag('use'),
  managed: flag('managed'),
  externLearn: flag('extern_learn', {match: 'prefix'}),
  dev: keyword('dev', device),
  protocol: keyword('protocol', protocolName, {match: 'prefix'}),
  // To the reference this word is a `to`.
  help: keyword('help', asDestination, {match: 'prefix', hidden: true}),
  dst: rest(plainAddress, {noise: 'to', duplicate: 'garbage'}),
});

/** What the words of a change say, in their order. */
export type NeighSpec = Parsed<typeof neighOptions>;

/** Words of `ip neigh get`. */
export const neighLookup = clause({
  dev: keyword('dev', device),
  proxy: keyword('proxy', proxied, {match: 'prefix'}),
  help: help(),
  dst: rest(plainAddress, {noise: 'to', duplicate: 'garbage'}),
});

/** What is looked up. */
export type NeighLookup = Parsed<typeof neighLookup>;

const wantedPrefix: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, _keyword, env) {
    const found = prefixOf(cursor.next(), env.family);
    if (env.family === 0) env.family = found.family;
    return found;
  },
  format: value => [formatPrefix(value)],
};

/** What `ip neigh show` and `flush` select, in match order. */
export const neighFilter = clause({
  dev: keyword('dev', device),
  master: keyword('master', masterName('DEVICE', false)),
  vrf: keyword('vrf', masterName('NAME', true)),
  nomaster: flag('nomaster'),
  unused: flag('unused'),
  states: repeat('nud', wantedState),
  proxy: flag('proxy'),
  protocol: keyword('protocol', filterProtocol(), {match: 'prefix'}),
  help: help(),
  to: rest(wantedPrefix, {noise: 'to'}),
});

/** Words of a listing. */
export type NeighFilterSpec = Parsed<typeof neighFilter>;

/** As elsewhere, with the words of a filter for a wrong one. */
function filterProtocol(): ValueType<number> {
  return {
    ...protocolName,
    parse(cursor, _keyword, env) {
      const word = cursor.next();
      const value = env.names.protocol.toNumber(word) ?? unsigned(word, 0xff);
      if (value === undefined) throw wrong(word, 'invalid "protocol"\n');
      return value;
    },
  };
}
