import type {AddressLabel} from '../../rtnetlink/address/label.js';
import {field, view} from '../../view/field.js';
import {ifname, uint, unresolved} from '../../view/kinds.js';

/** One line of `ip addrlabel`; without its end. */
export const addrlabelView = view<AddressLabel>([
  field('address', 'prefix %s', unresolved, r => r.address, {colour: 'family'}),
  field('prefixlen', '/%s ', uint, r => (r.address === undefined ? undefined : r.prefixlen)),
  field('ifname', 'dev %s ', ifname, r => r.index || undefined, {colour: 'ifname'}),
  field('label', 'label %s ', uint, r => r.label),
]);
