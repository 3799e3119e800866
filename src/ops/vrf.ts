import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import {RTM_GETLINK} from '../rtnetlink/constants.js';
import {linkMessage} from '../rtnetlink/link/schema.js';
import type {IpSession} from './session.js';

/**
 * Table of a VRF device.
 * @throws {UsageError} `argument "x" is wrong: Invalid VRF`
 */
export function vrfTable(name: string, session: IpSession): number {
  const {linkinfo} = vrfLink(name, session) ?? {};
  // biome-ignore lint/suspicious/noExplicitAny: data depends on the kind
  const table = linkinfo?.kind === 'vrf' ? (linkinfo.data as any)?.table : undefined;
  if (table === undefined) throw wrong(name, 'Invalid VRF\n');
  return table;
}

function vrfLink(name: string, session: IpSession) {
  try {
    return session.connection().get({
      type: RTM_GETLINK,
      name: 'RTM_GETLINK',
      flags: 0,
      message: linkMessage,
      body: {ifname: name},
    });
  } catch (error) {
    if (error instanceof NetlinkError) return undefined;
    throw error;
  }
}
