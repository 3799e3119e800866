import {AF_INET6, IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {native} from '../native.js';
import {Networks, resolveTarget, type Target} from './resolve.js';

const FAILED = 1;

/**
 * An IPv4 address by number or name, names of networks first.
 * @param status of the program for a name that nobody knows
 * @throws {UsageError} `nosuch: Unknown host`
 */
export function inetOf(word: string, status = FAILED): IpAddress {
  return inetTarget(word, status).address;
}

/** The same, and whether it is a network by name. */
export function inetTarget(word: string, status = FAILED): Target {
  try {
    return resolveTarget(word, 'net first', new Networks());
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(status, error.lines);
    throw error;
  }
}

/** The text of a failure that the resolver gives no reason for. */
export const NO_REASON = 'Resolver Error 0 (no error)';

/** An IPv6 address by number. */
export function inet6Number(word: string): IpAddress | undefined {
  const number = IpAddress.tryParse(word);
  return number?.family === AF_INET6 ? number : undefined;
}

/**
 * An IPv6 address by number or name.
 * @throws {UsageError} status 1; the resolver's own code is told first
 */
export function inet6Of(word: string, io: Io): IpAddress {
  const number = inet6Number(word);
  if (number !== undefined) return number;
  const bytes = native().addrinfo(word, AF_INET6)[0];
  if (bytes !== undefined) return IpAddress.fromBytes(bytes, 0, 16);
  const code = native().lookupError();
  io.err(`getaddrinfo: ${word}: ${code}\n`);
  throw new UsageError(FAILED, word === '' ? lookupReason(code) : `${word}: ${lookupReason(code)}`);
}

/** The reason of the last look-up that failed, told again where none was made. */
export function lastReason(): string {
  return lookupReason(native().lookupError());
}

/** Texts of herror(3) by the code of getaddrinfo(3). */
function lookupReason(code: number): string {
  const EAI_NONAME = -2;
  const EAI_AGAIN = -3;
  return code === EAI_NONAME ? 'Unknown host' : code === EAI_AGAIN ? 'Host name lookup failure' : NO_REASON;
}
