import type {Dsa} from '../../../rtnetlink/link/kinds/dsa.js';
import {type Field, field} from '../../../view/field.js';
import {ifname} from '../../../view/kinds.js';

/** A port of a switch with `-d`. */
export const dsaFields: readonly Field<Dsa>[] = [field('conduit', 'conduit %s ', ifname, r => r.master)];
