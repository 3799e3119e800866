import {sameBits} from '../addr/bits.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {Request} from '../netlink/message.js';
import type {DumpResult, SyncConnection} from '../netlink/sync.js';
import {unpackAddress} from '../rtnetlink/xfrm/payloads.js';
import {firstRefusal} from './flushRounds.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';

/** Whether a prefix of a filter has an address in it; none has all. */
export function covers(prefix: ParsedPrefix | undefined, address: Uint8Array, family: number): boolean {
  if (prefix === undefined) return true;
  return prefix.family === family && sameBits(prefix.address, unpackAddress(address, family), prefix.length);
}

const NOTHING_IS_FINE = 0;
const FAILURE = 1;

/** What a dump is for, as the last line of a refused one has it. */
export type DumpUse = 'Dump' | 'Delete-all';

/** Runs a dump. @throws {UsageError} when the kernel refuses */
export function guardedDump(use: DumpUse, run: () => DumpResult): void {
  try {
    run();
  } catch (error) {
    throw dumpRefusal(error, `${use} terminated`, FAILURE);
  }
}

/**
 * Finds and deletes until nothing is left, and tells about it on stderr with `-s -s`.
 * @throws {UsageError} `Failed to send delete-all request: No such file or directory`, status 1
 */
export function deleteRounds(
  find: () => readonly Request[],
  connection: SyncConnection,
  {io, options}: IpSession,
): void {
  const isTold = options.statistics > 1;
  for (let round = 0; ; round++) {
    if (isTold) io.err(`Delete-all round = ${round}\n`);
    const doomed = find();
    if (doomed.length === 0) break;
    const refusal = firstRefusal(doomed, connection, NOTHING_IS_FINE);
    if (refusal !== undefined)
      throw new UsageError(FAILURE, `Failed to send delete-all request: ${errnoText(refusal)}`);
    if (isTold) io.err(`Delete-all nlmsg count = ${doomed.length}\n`);
    // Nothing was deleted: the next round would find the same.
    if (options.dryRun) return;
  }
  if (isTold) io.err('Delete-all completed\n');
}
