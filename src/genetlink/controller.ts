import {message, pad, text, u8, u16} from '../netlink/schema.js';
import type {SyncConnection} from '../netlink/sync.js';

export const NETLINK_GENERIC = 16;
/** Source: uapi linux/genetlink.h. */
const GENL_ID_CTRL = 16;
const CTRL_CMD_GETFAMILY = 3;

/** Fields before the attributes of every generic message. Source: uapi linux/genetlink.h, struct genlmsghdr. */
export const genericHeader = {cmd: u8, version: u8, reserved: pad(2)};

/** A family of generic netlink. Source: uapi linux/genetlink.h, CTRL_ATTR_*. */
export const controlMessage = message(
  'genl family',
  genericHeader,
  {familyId: [1, u16], familyName: [2, text]},
  {protocol: NETLINK_GENERIC, types: {16: 'CTRL'}},
);

/**
 * Message type of a family.
 * @throws {NetlinkError} ENOENT when the kernel does not have it
 */
export function familyId(connection: SyncConnection, familyName: string): number {
  const body = {cmd: CTRL_CMD_GETFAMILY, familyName};
  const found = connection.get({type: GENL_ID_CTRL, name: 'CTRL', flags: 0, message: controlMessage, body});
  return found.familyId ?? 0;
}
