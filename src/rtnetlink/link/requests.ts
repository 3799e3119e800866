import {NLM_F_APPEND} from '../../netlink/constants.js';
import type {Request} from '../../netlink/message.js';
import {
  AF_PACKET,
  RTEXT_FILTER_VF,
  RTM_DELLINK,
  RTM_DELLINKPROP,
  RTM_GETLINK,
  RTM_NEWLINK,
  RTM_NEWLINKPROP,
} from '../constants.js';
import {ADD, makeRequest} from '../request.js';
import {type LinkRequest, linkMessage} from './schema.js';

/** A request about one link or several. */
export type LinkMessageRequest = Request<typeof linkMessage>;

/**
 * Requests of `ip link`. A link is named by `index`, or by `ifname` or `altIfname`. `flags` and `change` hold IFF_*
 * bits; attributes are sent in the order of the body's properties.
 * Source: ip-link(8); observed in test/unit/rtnetlink/link.test.ts.
 */
export const linkRequests = {
  /** Makes a link: `ip link add`. */
  add: (body: LinkRequest): LinkMessageRequest => makeRequest(linkMessage, RTM_NEWLINK, ADD, body),
  /** Changes a link: `ip link set`. */
  set: (body: LinkRequest): LinkMessageRequest => makeRequest(linkMessage, RTM_NEWLINK, 0, body),
  /** Deletes a link, or all of a `group`: `ip link delete`. */
  delete: (body: LinkRequest): LinkMessageRequest => makeRequest(linkMessage, RTM_DELLINK, 0, body),
  /** One link with its virtual functions: `ip link show dev`. */
  get: (body: LinkRequest): LinkMessageRequest =>
    makeRequest(linkMessage, RTM_GETLINK, 0, {family: AF_PACKET, ...body, extMask: body.extMask ?? RTEXT_FILTER_VF}),
  /** All links, or those of `master` or `linkinfo.kind`: `ip link show`. */
  list: (body: LinkRequest = {}): LinkMessageRequest =>
    makeRequest(linkMessage, RTM_GETLINK, 0, {family: AF_PACKET, extMask: RTEXT_FILTER_VF, ...body}),
  /** Adds alternative names: `ip link property add`. */
  addNames: (index: number, names: readonly string[]): LinkMessageRequest =>
    makeRequest(linkMessage, RTM_NEWLINKPROP, ADD | NLM_F_APPEND, {index, propList: {altIfname: names}}),
  /** Deletes alternative names: `ip link property del`. */
  deleteNames: (index: number, names: readonly string[]): LinkMessageRequest =>
    makeRequest(linkMessage, RTM_DELLINKPROP, 0, {index, propList: {altIfname: names}}),
} as const;
