import type {PrefixEvent} from '../../rtnetlink/prefixEvent.js';
import {field, view} from '../../view/field.js';
import {address, ifname, present, uint} from '../../view/kinds.js';

/** Source: uapi linux/if_link.h of the kernel's own headers, IF_PREFIX_*; as shown by the reference. */
const ONLINK = 1;
const AUTOCONF = 2;

/** A prefix that a router advertised, as `ip monitor` shows it; the reference forgets the blank behind the length. */
export const prefixView = view<PrefixEvent>(() => [
  field('prefix', 'prefix %s', address, r => r.address),
  field('prefixlen', '/%s', uint, r => r.length),
  field('dev', 'dev %s ', ifname, r => r.ifindex),
  field('onlink', 'onlink ', present, r => (r.flags & ONLINK) !== 0 || undefined),
  field('autoconf', 'autoconf ', present, r => (r.flags & AUTOCONF) !== 0 || undefined),
  field('valid_lft', 'valid %s ', uint, r => r.cacheinfo?.valid),
  field('preferred_lft', 'preferred %s ', uint, r => r.cacheinfo?.preferred),
]);
