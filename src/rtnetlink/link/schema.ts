import type {Decoded, Encodable} from '../../netlink/schema.js';
import {attrs, bareText, message, nest, select} from '../../netlink/schema.js';
import {linkAttributes} from './attributes.js';
import {counters, kinds, slaveKinds} from './kinds/table.js';
import {linkHeader} from './name.js';
import {plainLinkDerived} from './plain.js';

/**
 * What a link is, and what it is as a port of its master. The kinds are asked for when there is one.
 * Source: uapi linux/if_link.h, IFLA_INFO_*.
 */
const linkinfo = attrs({
  kind: [1, bareText],
  data: [2, select('kind', () => kinds())],
  xstats: [3, select('kind', () => counters())],
  slaveKind: [4, bareText],
  slaveData: [5, select('slaveKind', () => slaveKinds())],
});

/** One link. Source: uapi linux/rtnetlink.h, struct ifinfomsg; linux/if_link.h, IFLA_*. */
export const linkMessage = message(
  'link',
  linkHeader,
  {...linkAttributes, linkinfo: [18, nest(linkinfo)]},
  {
    derived: {
      ...plainLinkDerived,
      /** Kind of a virtual link (`veth`, `bridge`), undefined for hardware and lo. */
      kind: r => r.linkinfo?.kind,
    },
    types: {
      16: 'RTM_NEWLINK',
      17: 'RTM_DELLINK',
      18: 'RTM_GETLINK',
      19: 'RTM_SETLINK',
      108: 'RTM_NEWLINKPROP',
      109: 'RTM_DELLINKPROP',
    },
  },
);

/** One link, as the kernel reports it. */
export type Link = Decoded<typeof linkMessage>;
/** Fields of a link request. */
export type LinkRequest = Encodable<typeof linkMessage>;
