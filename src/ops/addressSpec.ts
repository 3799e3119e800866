import type {ParsedPrefix} from '../addr/iproute.js';
import {wrong} from '../grammar/errors.js';
import type {Terms, ValueType} from '../grammar/grammar.js';
import {type Clause, clause, flag, help, keyword, type Parsed, rest, word} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {device, formatPrefix, group, prefixOf, text} from '../grammar/values.js';
import {IFA_F_PERMANENT, IFA_F_SECONDARY} from '../rtnetlink/constants.js';
import {addressFlags} from './addressFlags.js';
import {type MasterEnv, masterName} from './master.js';

/** A command line that is warned about while it is read. */
export interface AddressEnv extends MasterEnv {
  /** Writes a line to stderr. */
  readonly warn?: (line: string) => void;
}

/** A scope by name or number. */
export function scopeType(wrongText: string, hasAll: boolean): ValueType<number | 'all'> {
  return {
    label: 'SCOPE-ID',
    complete: 'scope',
    parse(cursor, _name, env) {
      const scope = cursor.next();
      if (hasAll && scope === 'all') return 'all';
      const value = env.names.scope.toNumber(scope) ?? unsigned(scope, 255);
      if (value === undefined) throw wrong(scope, wrongText);
      return value;
    },
    format: (value, env) => [value === 'all' ? value : env.names.scope.toText(value)],
  };
}

/** Flags an address must have or lack: `(flags & mask) === value`. */
export interface FlagMask {
  readonly mask: number;
  readonly value: number;
}

/** `dynamic` and `primary` are the absence of a flag. */
const lacking: Readonly<Record<string, number>> = {dynamic: IFA_F_PERMANENT, primary: IFA_F_SECONDARY};

function flagOf(name: string): {readonly bit: number; readonly isWanted: boolean} | undefined {
  const isMinus = name.startsWith('-');
  const bare = isMinus ? name.slice(1) : name;
  const absent = Object.hasOwn(lacking, bare) ? lacking[bare] : undefined;
  if (absent !== undefined) return {bit: absent, isWanted: isMinus};
  const found = addressFlags.find(f => f.word === bare);
  return found && {bit: found.bit, isWanted: !isMinus};
}

const flagFilter: ValueType<FlagMask> = {
  label: 'FLAG-LIST',
  complete: [...Object.keys(lacking), ...addressFlags.map(f => f.word)],
  accepts: name => flagOf(name) !== undefined,
  parse(cursor, _name, _env, spec) {
    const {mask, value} = (spec.flags as FlagMask | undefined) ?? {mask: 0, value: 0};
    const {bit, isWanted} = flagOf(cursor.next()) as {bit: number; isWanted: boolean};
    return {mask: mask | bit, value: isWanted ? value | bit : value & ~bit};
  },
  format: ({mask, value}) =>
    addressFlags
      .filter(f => (mask & f.bit) !== 0 && f.word !== 'temporary')
      .map(f => ((value & f.bit) !== 0 ? f.word : `-${f.word}`)),
};

const filterPrefix: ValueType<ParsedPrefix> = {
  label: 'PREFIX',
  complete: 'prefix',
  parse(cursor, _name, env) {
    const found = prefixOf(cursor.next(), env.family);
    if (env.family === 0) env.family = found.family;
    return found;
  },
  format: value => [formatPrefix(value)],
};

/** Words of `ip address flush` and `save`, in the match order of the reference. */
const filterTerms = () => ({
  to: keyword('to', filterPrefix),
  scope: keyword('scope', scopeType('invalid "scope"\n', true)),
  up: flag('up'),
  flags: word(flagFilter),
  label: keyword('label', text('LABEL')),
  group: keyword('group', group),
  master: keyword('master', masterName('DEVICE', false)),
  vrf: keyword('vrf', masterName('NAME', true)),
  nomaster: flag('nomaster'),
  type: keyword('type', text('TYPE')),
  help: help(),
  dev: rest(device, {noise: 'dev', duplicate: 'garbage', help: 'alone'}),
});

/** What `ip address flush` and `save` select. */
export const addressFilter = clause(filterTerms);

/** What `ip address show` and `ip link show` select, with a word newer than iproute2 6.1; `down` is a device's name there. */
export const shownFilter = clause(() => ({novf: flag('novf'), ...filterTerms()}));

/** Words of `ip address show`. */
export type AddressFilterSpec = Parsed<typeof shownFilter>;

/** A clause without words: what follows is not looked at. */
export const noWords: Clause<Terms> = clause({});
