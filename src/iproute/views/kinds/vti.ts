import type {Vti} from '../../../rtnetlink/link/kinds/vti.js';
import {type Field, field} from '../../../view/field.js';
import {ends, fwmark, key, unlessZero} from './tunnel.js';

/** A tunnel for IPsec with `-d`, in the reference's order. */
export const vtiFields: readonly Field<Vti>[] = [
  ...ends,
  field('ikey', 'ikey %s ', key, r => unlessZero(r.ikey)),
  field('okey', 'okey %s ', key, r => unlessZero(r.okey)),
  fwmark(),
];
