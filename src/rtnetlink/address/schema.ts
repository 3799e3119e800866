import type {IpAddress} from '../../addr/ip.js';
import type {Prefix} from '../../addr/prefix.js';
import type {Decoded, Encodable} from '../../netlink/schema.js';
import {address, addressOfAnyFamily, i32, message, struct, text, u8, u32} from '../../netlink/schema.js';
import {prefixOf} from '../prefix.js';

/**
 * Lifetimes in seconds, all ones for ever; `cstamp` and `tstamp` (made, changed) in 1/100 s since boot.
 * Source: uapi linux/if_addr.h, struct ifa_cacheinfo.
 */
const cacheinfo = struct('ifa_cacheinfo', {prefered: u32, valid: u32, cstamp: u32, tstamp: u32});

/**
 * One address of a link. `address` is the prefix's or the peer's, `local` the link's own; IPv6 sends `local` only with a
 * peer. MCTP and Phonet have addresses of one byte.
 * Source: uapi linux/if_addr.h, struct ifaddrmsg, IFA_*.
 */
export const addressMessage = message(
  'address',
  {
    family: u8,
    prefixlen: u8,
    /** ifa_flags: the low byte of `flags`. */
    flagsByte: u8,
    scope: u8,
    index: u32,
  },
  {
    address: [1, addressOfAnyFamily],
    local: [2, addressOfAnyFamily],
    label: [3, text],
    broadcast: [4, addressOfAnyFamily],
    anycast: [5, addressOfAnyFamily],
    cacheinfo: [6, cacheinfo],
    multicast: [7, address],
    flags: [8, u32],
    rtPriority: [9, u32],
    targetNetnsid: [10, i32],
    proto: [11, u8],
  },
  {
    derived: {
      /** All IFA_F_* bits, whichever field holds them. */
      flagBits: r => r.flags ?? r.flagsByte,
      /** The link's own address with the prefix length. */
      prefix: (r): Prefix | undefined => prefixOf(r.local ?? r.address, r.prefixlen),
      /** The other end of a point-to-point link, undefined where there is none. */
      peer: (r): IpAddress | undefined =>
        r.local === undefined || r.address === undefined || r.address.equals(r.local) ? undefined : r.address,
    },
    types: {
      20: 'RTM_NEWADDR',
      21: 'RTM_DELADDR',
      22: 'RTM_GETADDR',
      56: 'RTM_NEWMULTICAST',
      57: 'RTM_DELMULTICAST',
      60: 'RTM_NEWANYCAST',
      61: 'RTM_DELANYCAST',
    },
  },
);

/** One address, as the kernel reports it. */
export type Address = Decoded<typeof addressMessage>;
/** Fields of an address request. */
export type AddressRequest = Encodable<typeof addressMessage>;
