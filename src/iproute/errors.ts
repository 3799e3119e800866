import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {leaves, refusalLine} from '../ops/refusal.js';

/** Status after a refusal by the kernel. */
const REFUSED = 2;

/** A failed command: its status, and whether the reference leaves at once, be it in the middle of a batch. */
export interface Failure {
  readonly status: number;
  readonly ends: boolean;
}

/**
 * Words an error as `ip` does.
 * @throws what is neither a wrong command line nor a kernel's refusal
 */
export function report(error: unknown, io: Io): Failure {
  if (error instanceof UsageError) {
    io.err(error.lines.map(line => `${line}\n`).join(''));
    return {status: error.status, ends: error.ends};
  }
  if (!(error instanceof NetlinkError)) throw error;
  if (error.request === 'socket' || error.request === 'bind') {
    io.err(`Cannot ${error.request === 'bind' ? 'bind' : 'open'} netlink socket: ${errnoText(error.errno)}\n`);
    return {status: 1, ends: true};
  }
  io.err(`${refusalLine(error)}\n`);
  return {status: REFUSED, ends: leaves(error)};
}
