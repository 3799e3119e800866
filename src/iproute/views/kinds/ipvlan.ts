import type {Ipvlan} from '../../../rtnetlink/link/kinds/ipvlan.js';
import type {Field} from '../../../view/field.js';
import {custom, field} from '../../../view/field.js';
import type {Kind} from '../../../view/kinds.js';

/** IPVLAN_MODE_* and IPVLAN_F_*. Source: uapi linux/if_link.h. */
const modes = ['l2', 'l3', 'l3s'];
const PRIVATE = 1;
const VEPA = 2;

const mode: Kind<number> = {
  text: (out, value) => out.ascii(modes[value] ?? 'unknown'),
  json: (json, value) => json.word(modes[value] ?? 'unknown'),
};

function flagWord(flags: number): string {
  return (flags & PRIVATE) !== 0 ? 'private' : (flags & VEPA) !== 0 ? 'vepa' : 'bridge';
}

/** An ipvlan or ipvtap device with `-d`. */
export const ipvlanFields: readonly Field<Ipvlan>[] = [
  field('mode', ' mode %s ', mode, r => r.mode),
  custom(
    (out, {flags}) => {
      if (flags !== undefined) out.ascii(`${flagWord(flags)} `);
    },
    (json, {flags}) => {
      if (flags === undefined) return;
      json.key(flagWord(flags));
      json.bool(true);
    },
  ),
];
