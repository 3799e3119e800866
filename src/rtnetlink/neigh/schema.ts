import type {Decoded, Encodable} from '../../netlink/schema.js';
import {
  address,
  attrs,
  be16,
  flag,
  i32,
  lladdr,
  message,
  nest,
  pad,
  struct,
  u8,
  u16,
  u32,
} from '../../netlink/schema.js';

/** Ages in clock ticks (1/100 s). Source: uapi linux/neighbour.h, struct nda_cacheinfo. */
const cacheinfo = struct('nda_cacheinfo', {confirmed: u32, used: u32, updated: u32, refcnt: u32});

/** Source: uapi linux/neighbour.h, NFEA_*. */
const fdbExtAttrs = attrs({activityNotify: [1, u8], dontRefresh: [2, flag]});

/**
 * One neighbour: an ARP, neighbour discovery or forwarding database entry. `dst` is absent where the family's addresses
 * are no IP addresses.
 * Source: uapi linux/neighbour.h, struct ndmsg, NDA_*.
 */
export const neighMessage = message(
  'neighbour',
  {
    family: u8,
    pad1: pad(1),
    pad2: pad(2),
    ifindex: i32,
    state: u16,
    flags: u8,
    type: u8,
  },
  {
    dst: [1, address],
    lladdr: [2, lladdr],
    cacheinfo: [3, cacheinfo],
    probes: [4, u32],
    vlan: [5, u16],
    port: [6, be16],
    vni: [7, u32],
    /** NDA_IFINDEX: the link behind a forwarding database entry; the header's `ifindex` is the entry's own link. */
    viaIfindex: [8, u32],
    master: [9, u32],
    linkNetnsid: [10, i32],
    srcVni: [11, u32],
    protocol: [12, u8],
    nhId: [13, u32],
    fdbExtAttrs: [14, nest(fdbExtAttrs, {flag: true})],
    flagsExt: [15, u32],
    ndmStateMask: [16, u16],
    ndmFlagsMask: [17, u8],
  },
  {types: {28: 'RTM_NEWNEIGH', 29: 'RTM_DELNEIGH', 30: 'RTM_GETNEIGH'}},
);

/** One neighbour, as the kernel reports it. */
export type Neighbour = Decoded<typeof neighMessage>;
/** Fields of a neighbour request. */
export type NeighbourRequest = Encodable<typeof neighMessage>;
