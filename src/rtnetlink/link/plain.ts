import type {Request} from '../../netlink/message.js';
import type {Decoded, Encodable} from '../../netlink/schema.js';
import {attrs, bareText, i32, lladdr, message, nest, text, u8, u32} from '../../netlink/schema.js';
import {AF_PACKET, RTEXT_FILTER_VF, RTM_GETLINK} from '../constants.js';
import {linkHeader, linkNameAttributes} from './name.js';
import type {Link} from './schema.js';
import {vfInfoList} from './vf.js';
import {xdp} from './xdp.js';

/** Source: uapi linux/if_link.h, IFLA_PROTO_DOWN_REASON_*. */
const protoDownReason = attrs({mask: [1, u32], value: [2, u32]});

/**
 * The attributes of which `ip link` and `ip address` print something without being asked for more.
 * Source: uapi linux/if_link.h, IFLA_*.
 */
export const plainLinkAttributes = {
  ...linkNameAttributes,
  address: [1, lladdr],
  broadcast: [2, lladdr],
  mtu: [4, u32],
  link: [5, u32],
  qdisc: [6, text],
  master: [10, u32],
  txqlen: [13, u32],
  operstate: [16, u8],
  linkmode: [17, u8],
  ifalias: [20, bareText],
  vfinfoList: [22, nest(() => vfInfoList)],
  group: [27, u32],
  linkNetnsid: [37, i32],
  protoDown: [39, u8],
  xdp: [43, nest(() => xdp)],
  event: [44, u32],
  newNetnsid: [45, i32],
  newIfindex: [49, i32],
  permAddress: [54, lladdr],
  protoDownReason: [55, nest(protoDownReason, {flag: true})],
} as const;

/** Getters that need no other attribute. */
export const plainLinkDerived = {
  /** Alternative names, none is an empty array. */
  altnames: (r: {readonly propList: {readonly altIfname: readonly string[] | undefined} | undefined}) =>
    r.propList?.altIfname ?? [],
};

/** A link without its details: most of its attributes, counters and settings of IPv4 and IPv6, need not be decoded to list it. */
export const plainLinkMessage = message('plain link', linkHeader, plainLinkAttributes, {derived: plainLinkDerived});

/** A link of a listing: the details are there where they were asked for. */
export type ListedLink = Decoded<typeof plainLinkMessage> & Partial<Link>;

type Body = Encodable<typeof plainLinkMessage>;
type PlainLinkRequest = Request<typeof plainLinkMessage>;

function ask(body: Body): PlainLinkRequest {
  const wanted = {family: AF_PACKET, extMask: RTEXT_FILTER_VF, ...body};
  return {type: RTM_GETLINK, name: 'RTM_GETLINK', flags: 0, message: plainLinkMessage, body: wanted};
}

/** As `get` and `list` of linkRequests, for links without details. */
export const plainLinkRequests = {get: ask, list: ask} as const;
