import {UsageError} from '../../errors.js';
import type {ListContext} from '../context.js';

/** Lists netlink sockets. */
export function list(_context: ListContext): void {
  throw new UsageError(255, 'ss: not in this release yet: netlink sockets');
}
