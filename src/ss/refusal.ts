import {errnoText} from '../errno.js';
import {NetlinkError} from '../errors.js';
import type {ListContext} from './context.js';

const ENOENT = 2;

/**
 * Tells why a table cannot be listed. That the kernel does not have it (ENOENT) is no error.
 * @throws what is no NetlinkError
 */
export function tellRefusal({io}: ListContext, error: unknown): void {
  if (!(error instanceof NetlinkError)) throw error;
  const text = errnoText(error.errno);
  if (error.request === 'socket') io.err(`Cannot open netlink socket: ${text}\n`);
  else if (error.errno !== ENOENT) io.err(`RTNETLINK answers: ${text}\n`);
}
