/**
 * Structures of the ioctls about tunnels, which have no attributes.
 * Source: uapi linux/if_tunnel.h, struct ip_tunnel_parm, ip_tunnel_prl, ip_tunnel_6rd; linux/ip6_tunnel.h, ip6_tnl_parm2.
 */

import {codecOf} from '../../netlink/codec.js';
import {encodeMessage} from '../../netlink/encode.js';
import type {AnyMessage, Decoded, Encodable} from '../../netlink/schema.js';
import {be16, be32, chars, inet, inet6, message, pad, u8, u16, u32} from '../../netlink/schema.js';
import {Writer} from '../../netlink/writer.js';

/** An IPv4 tunnel, its outer header among it. `versionLength` is 0x45. */
export const tunnelParms = message(
  'ip_tunnel_parm',
  {
    name: chars(16),
    link: u32,
    iFlags: be16,
    oFlags: be16,
    iKey: be32,
    oKey: be32,
    versionLength: u8,
    tos: u8,
    totalLength: be16,
    id: be16,
    fragOff: be16,
    ttl: u8,
    protocol: u8,
    check: pad(2),
    saddr: inet,
    daddr: inet,
  },
  {},
);

/** An IPv6 tunnel. `flowinfo` holds traffic class and flow label; `flags` are IP6_TNL_F_*. */
export const tunnelParms6 = message(
  'ip6_tnl_parm2',
  {
    name: chars(16),
    link: u32,
    proto: u8,
    encapLimit: u8,
    hopLimit: u8,
    hole: pad(1),
    flowinfo: be32,
    flags: u32,
    laddr: inet6,
    raddr: inet6,
    iFlags: be16,
    oFlags: be16,
    iKey: be32,
    oKey: be32,
  },
  {},
);

/** A potential router; in a list of them `datalen` of the first is the length of the others. */
export const potentialRouter = message(
  'ip_tunnel_prl',
  {addr: inet, flags: u16, hole: pad(2), datalen: u32, tail: pad(4)},
  {},
);

/** IPv6 rapid deployment. */
export const rapidDeployment = message(
  'ip_tunnel_6rd',
  {prefix: inet6, relayPrefix: inet, prefixlen: u16, relayPrefixlen: u16},
  {},
);

/** An IPv4 tunnel. */
export type TunnelParms = Decoded<typeof tunnelParms>;
/** An IPv6 tunnel. */
export type TunnelParms6 = Decoded<typeof tunnelParms6>;
/** A potential router. */
export type PotentialRouter = Decoded<typeof potentialRouter>;
/** IPv6 rapid deployment. */
export type RapidDeployment = Decoded<typeof rapidDeployment>;

/** Bytes of one structure. */
export function structBytes<M extends AnyMessage>(of: M, values: Encodable<M>): Uint8Array {
  const writer = new Writer(128);
  encodeMessage(of, values, writer);
  return writer.bytes.slice(0, writer.at);
}

/** The structure in `bytes`, from `at` on. */
export function readStruct<M extends AnyMessage>(of: M, bytes: Uint8Array, at = 0, end = bytes.length): Decoded<M> {
  return codecOf(of).decode(bytes, at, end);
}

/** Bits of `iFlags` and `oFlags`. Source: uapi linux/if_tunnel.h. */
export const GRE_CSUM = 0x8000;
export const GRE_KEY = 0x2000;
export const GRE_SEQ = 0x1000;
/** SIT_ISATAP and VTI_ISVTI are not in network byte order in the header, but the first byte on the wire. */
export const TUNNEL_OWN = 0x0100;

/** Bits of `flags`. Source: uapi linux/ip6_tunnel.h, IP6_TNL_F_*. */
export const IP6_TNL_F_IGN_ENCAP_LIMIT = 0x1;
export const IP6_TNL_F_USE_ORIG_TCLASS = 0x2;
export const IP6_TNL_F_USE_ORIG_FLOWLABEL = 0x4;
export const IP6_TNL_F_RCV_DSCP_COPY = 0x10;
export const IP6_TNL_F_ALLOW_LOCAL_REMOTE = 0x40;

/** Outer and inner protocols. Source: uapi linux/in.h. */
export const IPPROTO_IPIP = 4;
export const IPPROTO_IPV6 = 41;
export const IPPROTO_GRE = 47;
export const IPPROTO_MPLS = 137;
