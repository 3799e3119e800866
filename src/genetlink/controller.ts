import {NetlinkError} from '../errors.js';
import type {Decoded} from '../netlink/schema.js';
import {attrs, items, message, nest, pad, text, u8, u16, u32} from '../netlink/schema.js';
import type {SyncConnection} from '../netlink/sync.js';

export const NETLINK_GENERIC = 16;
/** Source: uapi linux/genetlink.h. */
const GENL_ID_CTRL = 16;
const CTRL_CMD_GETFAMILY = 3;
const ENOENT = 2;

/** Fields before the attributes of every generic message. Source: uapi linux/genetlink.h, struct genlmsghdr. */
export const genericHeader = {cmd: u8, version: u8, reserved: pad(2)};

/** A family of generic netlink. Source: uapi linux/genetlink.h, CTRL_ATTR_*. */
export const controlMessage = message(
  'genl family',
  genericHeader,
  {familyId: [1, u16], familyName: [2, text], mcastGroups: [7, items(nest(attrs({name: [1, text], id: [2, u32]})))]},
  {protocol: NETLINK_GENERIC, types: {16: 'CTRL'}},
);

/**
 * Message type of a family.
 * @throws {NetlinkError} ENOENT when the kernel does not have it
 */
export function familyId(connection: SyncConnection, familyName: string): number {
  return family(connection, familyName).familyId ?? 0;
}

/**
 * Number of a multicast group of a family, by its name.
 * @throws {NetlinkError} ENOENT when the kernel does not have it
 */
export function groupId(connection: SyncConnection, familyName: string, name: string): number {
  const id = family(connection, familyName).mcastGroups?.find(group => group.name === name)?.id;
  if (id === undefined) throw new NetlinkError(ENOENT, 'CTRL');
  return id;
}

function family(connection: SyncConnection, familyName: string): Decoded<typeof controlMessage> {
  const body = {cmd: CTRL_CMD_GETFAMILY, familyName};
  return connection.get({type: GENL_ID_CTRL, name: 'CTRL', flags: 0, message: controlMessage, body});
}
