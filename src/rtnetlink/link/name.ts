import type {Request} from '../../netlink/message.js';
import {attrs, i32, many, message, nest, pad, text, u8, u16, u32} from '../../netlink/schema.js';
import {RTEXT_FILTER_SKIP_STATS, RTM_GETLINK} from '../constants.js';

/** `type` is an ARPHRD_* number; `change` masks `flags` in requests. Source: uapi linux/rtnetlink.h, struct ifinfomsg. */
export const linkHeader = {family: u8, pad1: pad(1), type: u16, index: i32, flags: u32, change: u32};

/** What a link is called; the part of the link schema that look-ups need. Source: uapi linux/if_link.h, IFLA_*. */
export const linkNameAttributes = {
  ifname: [3, text],
  /** RTEXT_FILTER_* bits; only sent. */
  extMask: [29, u32],
  propList: [52, nest(attrs({altIfname: [53, many(text)]}), {flag: true})],
  /** An alternative name to look for; only sent. */
  altIfname: [53, text],
} as const;

/** A link as far as its names go: look-ups must not load or decode the rest. */
export const linkNameMessage = message('link name', linkHeader, linkNameAttributes);

/** IFNAMSIZ without its NUL: what is longer can only be an alternative name. */
export const MAX_NAME = 15;

/** Asks what a link is called, by index, or which link has a name or alternative name; without either, for all links. */
export function linkNameRequest(wanted?: number | string): Request<typeof linkNameMessage> {
  const extMask = RTEXT_FILTER_SKIP_STATS;
  let body: Request<typeof linkNameMessage>['body'] = {extMask};
  if (typeof wanted === 'number') body = {index: wanted, extMask};
  else if (wanted !== undefined)
    body = wanted.length > MAX_NAME ? {extMask, altIfname: wanted} : {extMask, ifname: wanted};
  return {type: RTM_GETLINK, name: 'RTM_GETLINK', flags: 0, message: linkNameMessage, body};
}
