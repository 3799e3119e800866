import {UsageError} from '../errors.js';
import type {IpSession} from './session.js';

/**
 * Index of a device.
 * @throws {UsageError} `Cannot find device "eth9"`
 */
export function deviceIndex(name: string, session: IpSession, status = 1): number {
  const index = session.links.index(name);
  if (index === 0) throw new UsageError(status, `Cannot find device "${name}"`);
  return index;
}
