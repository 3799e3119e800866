import type {Decoded} from '../netlink/schema.js';
import {bytes, flag, message, u16, u32, u64} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/ioam6_genl.h, IOAM6_CMD_*. */
export const IOAM6_CMD_ADD_NAMESPACE = 1;
export const IOAM6_CMD_DEL_NAMESPACE = 2;
export const IOAM6_CMD_DUMP_NAMESPACES = 3;
export const IOAM6_CMD_ADD_SCHEMA = 4;
export const IOAM6_CMD_DEL_SCHEMA = 5;
export const IOAM6_CMD_DUMP_SCHEMAS = 6;
export const IOAM6_CMD_NS_SET_SCHEMA = 7;

/** Namespaces and schemas of in-situ OAM. Source: uapi linux/ioam6_genl.h, IOAM6_ATTR_*. */
export const ioam6Message = message(
  'ioam6',
  genericHeader,
  {
    namespace: [1, u16],
    data: [2, u32],
    wide: [3, u64],
    schema: [4, u32],
    schemaData: [5, bytes],
    noSchema: [6, flag],
  },
  {protocol: NETLINK_GENERIC},
);

/** A namespace or a schema. */
export type Ioam6 = Decoded<typeof ioam6Message>;
