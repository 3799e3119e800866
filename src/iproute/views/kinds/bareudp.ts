import type {Bareudp} from '../../../rtnetlink/link/kinds/bareudp.js';
import {type Field, field} from '../../../view/field.js';
import {uint} from '../../../view/kinds.js';
import {yesOrNo} from './tunnel.js';
import {etherType} from './values.js';

/** A tunnel of one protocol over UDP with `-d`, in the reference's order. */
export const bareudpFields: readonly Field<Bareudp>[] = [
  field('dstport', 'dstport %s ', uint, r => r.port),
  field('ethertype', 'ethertype %s ', etherType, r => r.ethertype),
  field('srcportmin', 'srcportmin %s ', uint, r => r.srcportMin),
  field('multiproto', '%s ', yesOrNo('multiproto'), r => r.multiprotoMode === true),
];
