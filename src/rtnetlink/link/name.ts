import {attrs, i32, many, message, nest, pad, text, u8, u16, u32} from '../../netlink/schema.js';

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
