import type {Xfrm} from '../../../rtnetlink/link/kinds/xfrm.js';
import {type Field, field} from '../../../view/field.js';
import {switchedOn} from './tunnel.js';
import {alternateHex} from './values.js';

/** An interface for IPsec with `-d`; the device below is told by the link itself. */
export const xfrmFields: readonly Field<Xfrm>[] = [
  switchedOn('external', 'external ', r => r.collectMetadata),
  field('if_id', 'if_id %s ', alternateHex, r => (r.collectMetadata === true ? undefined : r.ifId)),
];
