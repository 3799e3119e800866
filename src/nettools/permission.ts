import {NetlinkError} from '../errors.js';
import type {KernelSession} from '../ops/session.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {AF_INET} from '../rtnetlink/constants.js';

const EPERM = 1;

/**
 * The old calls look at the caller's rights before anything else, netlink only where something is to be changed. What is
 * asked here changes nothing: no link has the index 0.
 * @param call named in the error
 * @throws {NetlinkError} EPERM
 */
export function checkPermission(call: string, session: KernelSession): void {
  try {
    session.connection().request(addressRequests.deleteAnyLength({family: AF_INET, index: 0}));
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    if (error.errno === EPERM) throw new NetlinkError(EPERM, call);
  }
}
