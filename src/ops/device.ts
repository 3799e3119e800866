import {UsageError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import type {KernelSession} from './session.js';

/**
 * Index of a device.
 * @throws {UsageError} `Cannot find device "eth9"`
 */
export function deviceIndex(name: string, session: KernelSession, status = 1): number {
  const index = session.links.index(name);
  if (index === 0) throw new UsageError(status, `Cannot find device "${name}"`);
  return index;
}

/**
 * Index of a device that a filter or an option names.
 * @throws {UsageError} `argument "eth9" is wrong: Device does not exist`
 */
export function masterIndex(name: string, session: KernelSession): number {
  const index = session.links.index(name);
  if (index === 0) throw wrong(name, 'Device does not exist\n');
  return index;
}
