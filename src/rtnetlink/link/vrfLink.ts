import type {Request} from '../../netlink/message.js';
import {attrs, bareText, message, nest, select} from '../../netlink/schema.js';
import {RTM_GETLINK} from '../constants.js';
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

/** Asks for all VRFs. */
export function vrfListRequest(): Request<typeof vrfLinkMessage> {
  return {
    type: RTM_GETLINK,
    name: 'RTM_GETLINK',
    flags: 0,
    message: vrfLinkMessage,
    body: {linkinfo: {kind: 'vrf'}},
  };
}
