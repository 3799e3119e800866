import {AF_INET6, IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {native} from '../native.js';
import {Networks, resolveTarget} from './resolve.js';

const FAILED = 1;

/**
 * An IPv4 address by number or name, names of networks first.
 * @param status of the program for a name that nobody knows
 * @throws {UsageError} `nosuch: Unknown host`
 */
export function inetOf(word: string, status = FAILED): IpAddress {
  try {
    return resolveTarget(word, 'net first', new Networks()).address;
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(status, error.lines);
    throw error;
  }
}

/** Whether a word is a network by name. */
export function isNet(word: string): boolean {
  return resolveTarget(word, 'net first', new Networks()).net;
}

/** The text of a failure that the resolver gives no reason for. */
export const NO_REASON = 'Resolver Error 0 (no error)';

/**
 * An IPv6 address by number or name.
 * @throws {UsageError} status 1; the resolver's own code is told first
 */
export function inet6Of(word: string, io: Io): IpAddress {
  const number = IpAddress.tryParse(word);
  if (number?.family === AF_INET6) return number;
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
