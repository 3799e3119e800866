import type {Rmnet} from '../../../rtnetlink/link/kinds/rmnet.js';
import {type Field, field} from '../../../view/field.js';
import {uint} from '../../../view/kinds.js';

/** A channel of a Qualcomm modem with `-d`. */
export const rmnetFields: readonly Field<Rmnet>[] = [field('mux_id', 'mux_id %s ', uint, r => r.muxId)];
