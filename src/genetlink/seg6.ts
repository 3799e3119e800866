import {bytes, type Decoded, inet6, message, u8, u32} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/seg6_genl.h, SEG6_CMD_*. */
export const SEG6_CMD_SETHMAC = 1;
export const SEG6_CMD_DUMPHMAC = 2;
export const SEG6_CMD_SET_TUNSRC = 3;
export const SEG6_CMD_GET_TUNSRC = 4;

/** Segment routing. Source: uapi linux/seg6_genl.h, SEG6_ATTR_*. */
export const seg6Message = message(
  'seg6',
  genericHeader,
  {dst: [1, inet6], keyId: [3, u32], secret: [4, bytes], secretLength: [5, u8], algorithm: [6, u8]},
  {protocol: NETLINK_GENERIC},
);

/** A key of an HMAC, or the source of tunnels. */
export type Seg6 = Decoded<typeof seg6Message>;
