import type {Ipvlan} from '../../../rtnetlink/link/kinds/ipvlan.js';
import type {Field} from '../../../view/field.js';
import {field} from '../../../view/field.js';
import {enumerated} from '../../../view/kinds.js';

/** IPVLAN_MODE_* and IPVLAN_F_*. Source: uapi linux/if_link.h. */
const modes = enumerated(['l2', 'l3', 'l3s']);
const flagWords = enumerated(['bridge', 'private', 'vepa']);

/** An ipvlan or ipvtap device with `-d`. */
export const ipvlanFields: readonly Field<Ipvlan>[] = [
  field('mode', ' mode %s ', modes, r => r.mode),
  field('mode_flag', '%s ', flagWords, r => r.flags),
];
