import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import {vrfLinkRequest} from '../rtnetlink/link/vrfLink.js';
import type {KernelSession} from './session.js';

/**
 * Table of a VRF device.
 * @throws {UsageError} `argument "x" is wrong: Invalid VRF`
 */
export function vrfTable(name: string, session: KernelSession): number {
  const data = vrfLink(name, session)?.linkinfo?.data;
  const table = data === undefined || data instanceof Uint8Array ? undefined : data.table;
  if (table === undefined) throw wrong(name, 'Invalid VRF\n');
  return table;
}

/**
 * Index of a VRF device.
 * @throws {UsageError} `argument "x" is wrong: Not a valid VRF name`
 */
export function vrfIndex(name: string, session: KernelSession): number {
  const link = vrfLink(name, session);
  if (link?.linkinfo?.kind !== 'vrf') throw wrong(name, 'Not a valid VRF name\n');
  return link.index;
}

function vrfLink(name: string, session: KernelSession) {
  try {
    return session.connection().get(vrfLinkRequest(name));
  } catch (error) {
    if (error instanceof NetlinkError) return undefined;
    throw error;
  }
}
