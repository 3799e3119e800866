import {attrs, record} from '../../../netlink/schema.js';
import {linkAttributes} from '../attributes.js';
import {linkHeader} from '../name.js';

/** The other end of a veth pair, as a link request of its own; only sent. Source: uapi linux/veth.h, VETH_INFO_PEER. */
export const veth = attrs({peer: [1, record(linkHeader, attrs(linkAttributes))]});
