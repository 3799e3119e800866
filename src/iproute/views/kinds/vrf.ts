import type {Vrf} from '../../../rtnetlink/link/kinds/vrf.js';
import type {Field} from '../../../view/field.js';
import {field} from '../../../view/field.js';
import {uint} from '../../../view/kinds.js';

/** A VRF, or a port of one, with `-d`. */
export const vrfFields: readonly Field<Vrf>[] = [field('table', 'table %s ', uint, r => r.table)];
