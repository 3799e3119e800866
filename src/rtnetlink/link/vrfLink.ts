import type {Request} from '../../netlink/message.js';
import {attrs, bareText, type Decoded, message, nest, select} from '../../netlink/schema.js';
import {AF_PACKET, AF_UNSPEC, RTM_GETLINK} from '../constants.js';
import {vrf} from './kinds/vrf.js';
import {linkHeader, linkNameAttributes} from './name.js';

/**
 * A link as far as it is a VRF: `ip route` must not load the rest of the schema for a keyword. Numbers as in schema.ts.
 * Source: uapi linux/if_link.h, IFLA_LINKINFO, IFLA_INFO_KIND, IFLA_INFO_DATA.
 */
const vrfLinkMessage = message('vrf link', linkHeader, {
  ifname: linkNameAttributes.ifname,
  linkinfo: [18, nest(attrs({kind: [1, bareText], data: [2, select('kind', {vrf: nest(vrf)})]}))],
});

/** Asks for the link with this name. */
export function vrfLinkRequest(ifname: string): Request<typeof vrfLinkMessage> {
  return {type: RTM_GETLINK, name: 'RTM_GETLINK', flags: 0, message: vrfLinkMessage, body: {ifname}};
}

/**
 * Asks for all VRFs, and perhaps other links.
 * @param family of IPv6 or bridges gives links without what they are
 */
export function vrfListRequest(family: number): Request<typeof vrfLinkMessage> {
  const filter = family === AF_UNSPEC || family === AF_PACKET ? {linkinfo: {kind: 'vrf'}} : {};
  return {type: RTM_GETLINK, name: 'RTM_GETLINK', flags: 0, message: vrfLinkMessage, body: {family, ...filter}};
}

/** Table of a VRF; undefined for any other link. */
export function vrfTableOf(linkinfo: Decoded<typeof vrfLinkMessage>['linkinfo']): number | undefined {
  const {kind, data} = linkinfo ?? {};
  return kind !== 'vrf' || data === undefined || data instanceof Uint8Array ? undefined : data.table;
}
