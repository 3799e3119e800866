import type {Ipoib} from '../../../rtnetlink/link/kinds/ipoib.js';
import {type Field, field} from '../../../view/field.js';
import {word} from '../../../view/kinds.js';

/** Source: uapi linux/if_link.h, IPOIB_MODE_*. */
const modes = ['datagram', 'connected'];

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** IP over InfiniBand with `-d`, in the reference's order. */
export const ipoibFields: readonly Field<Ipoib>[] = [
  field('key', 'pkey %s ', word, r => (r.pkey === undefined ? undefined : `0x${hex4(r.pkey)}`)),
  field('mode', 'mode %s ', word, r => modes[r.mode ?? -1]),
  field('umcast', 'umcast %s ', word, r => (r.umcast === undefined || r.umcast > 1 ? undefined : hex4(r.umcast))),
];
