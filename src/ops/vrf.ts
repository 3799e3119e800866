import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import {RT_TABLE_MAIN} from '../rtnetlink/constants.js';
import {vrfLinkRequest, vrfTableOf} from '../rtnetlink/link/vrfLink.js';
import type {KernelSession} from './session.js';

/** A VRF device. */
export interface Vrf {
  readonly index: number;
  readonly table: number;
}

/** The VRF device with a name; undefined where there is none. */
export function findVrf(name: string, session: KernelSession): Vrf | undefined {
  try {
    const {index, linkinfo} = session.connection().get(vrfLinkRequest(name));
    const table = vrfTableOf(linkinfo);
    return table === undefined ? undefined : {index, table};
  } catch (error) {
    if (error instanceof NetlinkError) return undefined;
    throw error;
  }
}

/** Table of a VRF device; `default` without a device of that name is what has no VRF. Undefined where there is none. */
export function findVrfTable(name: string, session: KernelSession): number | undefined {
  return findVrf(name, session)?.table ?? (name === 'default' ? RT_TABLE_MAIN : undefined);
}

/**
 * The same.
 * @param isDevice there must be a device
 * @throws {UsageError} `argument "x" is wrong: Invalid VRF`
 */
export function vrfTable(name: string, session: KernelSession, isDevice = false): number {
  const table = isDevice ? findVrf(name, session)?.table : findVrfTable(name, session);
  if (table === undefined) throw wrong(name, 'Invalid VRF\n');
  return table;
}

/**
 * Index of a VRF device.
 * @throws {UsageError} `argument "x" is wrong: Not a valid VRF name`
 */
export function vrfIndex(name: string, session: KernelSession): number {
  const vrf = findVrf(name, session);
  if (vrf === undefined) throw wrong(name, 'Not a valid VRF name\n');
  return vrf.index;
}
