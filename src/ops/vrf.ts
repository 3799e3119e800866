import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import type {GrammarEnv, ValueType} from '../grammar/grammar.js';
import {RT_TABLE_MAIN} from '../rtnetlink/constants.js';
import {vrfLinkRequest} from '../rtnetlink/link/vrfLink.js';
import {masterIndex} from './device.js';
import type {KernelSession} from './session.js';

/**
 * Table of a VRF device. `default` without a device of that name is what has no VRF.
 * @param isDevice there must be a device
 * @throws {UsageError} `argument "x" is wrong: Invalid VRF`
 */
export function vrfTable(name: string, session: KernelSession, isDevice = false): number {
  const data = vrfLink(name, session)?.linkinfo?.data;
  const table = data === undefined || data instanceof Uint8Array ? undefined : data.table;
  if (table !== undefined) return table;
  if (isDevice || name !== 'default') throw wrong(name, 'Invalid VRF\n');
  return RT_TABLE_MAIN;
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

/** A command line whose master devices are looked up while it is read. */
export interface MasterEnv extends GrammarEnv {
  /** Throws where no such master device exists. */
  readonly checkMaster?: (name: string, isVrf: boolean) => void;
}

/** The check that a session makes. */
export function masterCheck(session: KernelSession): Exclude<MasterEnv['checkMaster'], undefined> {
  return (name, isVrf) => {
    if (isVrf) vrfIndex(name, session);
    else masterIndex(name, session);
  };
}

/** Name of a master device. */
export function masterName(label: string, isVrf: boolean): ValueType<string> {
  return {
    label,
    complete: 'device',
    parse(cursor, _name, env: MasterEnv) {
      const name = cursor.next();
      env.checkMaster?.(name, isVrf);
      return name;
    },
    format: value => [value],
  };
}

/**
 * Index of the master that the last of the words about one names.
 * @returns undefined when there is none
 */
export function lastMaster(
  spec: {readonly master?: string | undefined; readonly vrf?: string | undefined; readonly nomaster?: true | undefined},
  session: KernelSession,
): number | undefined {
  let master: number | undefined;
  for (const key of Object.keys(spec)) {
    if (key === 'master' && spec.master !== undefined) master = masterIndex(spec.master, session);
    else if (key === 'vrf' && spec.vrf !== undefined) master = vrfIndex(spec.vrf, session);
    else if (key === 'nomaster') master = NO_MASTER;
  }
  return master;
}

/** Index in the place of a master's for what has none. */
export const NO_MASTER = 0xffffffff;
