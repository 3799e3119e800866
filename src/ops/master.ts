import type {GrammarEnv, ValueType} from '../grammar/grammar.js';
import {masterIndex} from './device.js';
import type {KernelSession} from './session.js';
import {vrfIndex} from './vrf.js';

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
