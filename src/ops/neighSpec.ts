import type {IpAddress} from '../addr/ip.js';
import {begins} from '../grammar/cursor.js';
import {duplicate, garbage, wrong} from '../grammar/errors.js';
import {
  clause,
  flag,
  type GrammarEnv,
  help,
  keyword,
  type Parsed,
  repeat,
  rest,
  type ValueType,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf, device, prefixValue, protocolName, text} from '../grammar/values.js';
import {NUD_NONE} from '../rtnetlink/constants.js';
import {NEIGHBOUR_STATES, type NeighbourState} from '../rtnetlink/words.js';
import {masterName} from './master.js';
import {orAll} from './routeSelector.js';

/** Words that any beginning of stands for; the others match in full. */
const abbreviated: readonly string[] = ['permanent', 'reachable', 'failed'];

/** A state by word, or by number when it has one bit at most. */
function stateOf(word: string): number | undefined {
  for (const [name, bit] of Object.entries(NEIGHBOUR_STATES)) {
    if (word === name || (abbreviated.includes(name) && begins(word, name))) return bit;
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

function destinationOf(word: string, env: GrammarEnv): IpAddress {
  const address = addressOf(word, env.family);
  env.family = address.family;
  return address;
}

/** `proxy ADDR`: the machine answers for the address, which nobody else may give. */
const proxied: ValueType<IpAddress> = {
  label: 'ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env, spec) {
    const word = cursor.next();
    if ('dst' in spec || 'proxy' in spec) throw duplicate('address', word);
    return destinationOf(word, env);
  },
  format: value => [value.toString()],
};

/** The address without a keyword, not behind `proxy ADDR`. @param skips whether a `help` before it says nothing */
function plainAddress(skips: boolean): ValueType<IpAddress> {
  return {
    ...proxied,
    parse(cursor, _keyword, env, spec) {
      let word = cursor.next();
      if (skips && begins(word, 'help')) word = cursor.next();
      if ('proxy' in spec || 'dst' in spec) throw garbage('to', word);
      return destinationOf(word, env);
    },
  };
}

/** Words of `ip neigh add`, `change`, `replace` and `del`, in match order. */
export const neighOptions = clause(() => ({
  lladdr: keyword('lladdr', text('LLADDR', 'lladdr'), {match: 'prefix', duplicate: 'error'}),
  state: keyword('nud', state),
  proxy: keyword('proxy', proxied, {match: 'prefix'}),
  router: flag('router'),
  use: flag('use'),
  managed: flag('managed'),
  externLearn: flag('extern_learn', {match: 'prefix'}),
  dev: keyword('dev', device),
  protocol: keyword('protocol', protocolName, {match: 'prefix'}),
  // Newer than iproute2 6.1.
  externValid: flag('extern_valid'),
  // The reference skips the word `help` instead of helping.
  dst: rest(plainAddress(true), {noise: 'to', help: false}),
}));

/** What the words of a change say, in their order. */
export type NeighSpec = Parsed<typeof neighOptions>;

/** Words of `ip neigh get`. */
export const neighLookup = clause(() => ({
  dev: keyword('dev', device),
  proxy: keyword('proxy', proxied, {match: 'prefix'}),
  help: help(),
  dst: rest(plainAddress(false), {noise: 'to'}),
}));

/** What is looked up. */
export type NeighLookup = Parsed<typeof neighLookup>;

/** What `ip neigh show` and `flush` select, in match order. */
export const neighFilter = clause(() => ({
  dev: keyword('dev', device, {duplicate: 'error'}),
  master: keyword('master', masterName('DEVICE', false)),
  vrf: keyword('vrf', masterName('NAME', true)),
  nomaster: flag('nomaster'),
  unused: flag('unused'),
  states: repeat('nud', wantedState),
  proxy: flag('proxy'),
  protocol: keyword('protocol', orAll('protocol', 'PROTO'), {match: 'prefix'}),
  help: help(),
  to: rest(prefixValue, {noise: 'to'}),
}));

/** Words of a listing. */
export type NeighFilterSpec = Parsed<typeof neighFilter>;
