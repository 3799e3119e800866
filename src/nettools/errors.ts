import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';

/** Status after a refusal by the kernel. */
const REFUSED = 7;

/**
 * Words an error as net-tools do, which spoke to the kernel by ioctl.
 * @param call the ioctl that the request stands for: `SIOCADDRT`
 * @returns the exit status
 * @throws what is neither a wrong command line nor a kernel's refusal
 */
export function report(error: unknown, io: Io, call: string): number {
  if (error instanceof UsageError) {
    io.err(error.lines.map(line => `${line}\n`).join(''));
    return error.status;
  }
  if (!(error instanceof NetlinkError)) throw error;
  const {request} = error;
  io.err(`${request.startsWith('SIO') ? request : call}: ${errnoText(error.errno)}\n`);
  return REFUSED;
}
