import type {Decoded, Encodable} from '../netlink/schema.js';
import {addressOrNone, be16, flag, message, u8, u32} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/fou.h, FOU_CMD_*, FOU_ENCAP_*. */
export const FOU_CMD_ADD = 1;
export const FOU_CMD_DEL = 2;
export const FOU_CMD_GET = 3;
export const FOU_ENCAP_DIRECT = 1;
export const FOU_ENCAP_GUE = 2;

/** A port that receives other protocols over UDP. Source: uapi linux/fou.h, FOU_ATTR_*. */
export const fouMessage = message(
  'fou',
  genericHeader,
  {
    port: [1, be16],
    af: [2, u8],
    ipproto: [3, u8],
    type: [4, u8],
    remcsumNopartial: [5, flag],
    localV4: [6, addressOrNone],
    localV6: [7, addressOrNone],
    peerV4: [8, addressOrNone],
    peerV6: [9, addressOrNone],
    peerPort: [10, be16],
    ifindex: [11, u32],
  },
  {protocol: NETLINK_GENERIC},
);

/** A port that receives other protocols. */
export type Fou = Decoded<typeof fouMessage>;
/** Fields of a request about one. */
export type FouRequest = Encodable<typeof fouMessage>;
