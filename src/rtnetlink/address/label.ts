import type {Decoded, Encodable} from '../../netlink/schema.js';
import {addressOrNone, message, pad, u8, u32} from '../../netlink/schema.js';

/**
 * One label of the address selection of RFC 6724.
 * Source: uapi linux/if_addrlabel.h, struct ifaddrlblmsg, IFAL_*.
 */
export const addressLabelMessage = message(
  'address label',
  {family: u8, reserved: pad(1), prefixlen: u8, flags: u8, index: u32, seq: u32},
  {address: [1, addressOrNone], label: [2, u32]},
  {types: {72: 'RTM_NEWADDRLABEL', 73: 'RTM_DELADDRLABEL', 74: 'RTM_GETADDRLABEL'}},
);

/** One label of the address selection. */
export type AddressLabel = Decoded<typeof addressLabelMessage>;
/** Fields of a request about a label. */
export type AddressLabelRequest = Encodable<typeof addressLabelMessage>;
