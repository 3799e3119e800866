import {refuse} from '../../grammar/errors.js';
import {choice, clause, type ValueType} from '../../grammar/grammar.js';
import {type LinkKind, refuseWithUsage} from './kind.js';
import {option} from './values.js';

/** IPVLAN_MODE_*. Source: uapi linux/if_link.h. */
const modes: Readonly<Record<string, number>> = {l2: 0, l3: 1, l3s: 2};

const mode: ValueType<number> = {
  label: '{ l2 | l3 | l3s }',
  complete: Object.keys(modes),
  parse(cursor) {
    const value = modes[cursor.next()];
    if (value === undefined) throw refuse('Error: argument of "mode" must be either "l2", "l3" or "l3s"', 1);
    return value;
  },
  format: value => [Object.keys(modes)[value] ?? ''],
};

function make(name: string): LinkKind {
  const kind: LinkKind = {
    name,
    options: clause({
      mode: option('mode', mode),
      // Between the devices of one lower device: IPVLAN_F_*. A second one is an unknown option to the reference.
      flags: choice(
        {private: 1, vepa: 2, bridge: 0},
        {match: 'prefix', duplicate: word => refuseWithUsage(kind, `unknown option "${word}"?`)},
      ),
    }),
    // What devices may do among each other is always told.
    data: ({mode: chosen, flags}) => ({...(chosen !== undefined && {mode: chosen}), flags: flags ?? 0}),
    unknown: 'unknown option',
  };
  return kind;
}

/** `type ipvlan`. */
export const ipvlan = (): LinkKind => make('ipvlan');
/** `type ipvtap`. */
export const ipvtap = (): LinkKind => make('ipvtap');
