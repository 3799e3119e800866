import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import type {GrammarEnv, ValueType} from '../grammar/grammar.js';
import {RT_TABLE_MAIN} from '../rtnetlink/constants.js';
import {vrfLinkRequest, vrfTableOf} from '../rtnetlink/link/vrfLink.js';
import {masterIndex} from './device.js';
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
