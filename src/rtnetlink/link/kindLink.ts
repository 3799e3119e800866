import type {Request} from '../../netlink/message.js';
import {attrs, bareText, message, nest} from '../../netlink/schema.js';
import {RTM_GETLINK} from '../constants.js';
import {linkHeader, linkNameAttributes} from './name.js';

/**
 * A link as far as its name and kind: what lists the links of one kind needs no more. Numbers as in schema.ts.
 * Source: uapi linux/if_link.h, IFLA_LINKINFO, IFLA_INFO_KIND.
 */
const kindLinkMessage = message('kind of link', linkHeader, {
  ifname: linkNameAttributes.ifname,
  linkinfo: [18, nest(attrs({kind: [1, bareText]}))],
});

/** Asks for the links of one kind. */
export function kindRequest(kind: string): Request<typeof kindLinkMessage> {
  return {type: RTM_GETLINK, name: 'RTM_GETLINK', flags: 0, message: kindLinkMessage, body: {linkinfo: {kind}}};
}
