import type {Wwan} from '../../../rtnetlink/link/kinds/wwan.js';
import {type Field, field} from '../../../view/field.js';
import {uint} from '../../../view/kinds.js';

/** A channel of a modem with `-d`. */
export const wwanFields: readonly Field<Wwan>[] = [field('linkid', 'linkid %s ', uint, r => r.linkId)];
