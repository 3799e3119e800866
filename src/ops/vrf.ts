import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import {vrfLinkRequest} from '../rtnetlink/link/vrfLink.js';
import type {IpSession} from './session.js';

/**
 * Table of a VRF device.
 * @throws {UsageError} `argument "x" is wrong: Invalid VRF`
 */
export function vrfTable(name: string, session: IpSession): number {
  const data = vrfLink(name, session)?.linkinfo?.data;
  const table = data === undefined || data instanceof Uint8Array ? undefined : data.table;
  if (table === undefined) throw wrong(name, 'Invalid VRF\n');
  return table;
}

function vrfLink(name: string, session: IpSession) {
  try {
    return session.connection().get(vrfLinkRequest(name));
  } catch (error) {
    if (error instanceof NetlinkError) return undefined;
    throw error;
  }
}
