import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {Request} from '../netlink/message.js';
import type {SyncConnection} from '../netlink/sync.js';
import type {IpSession} from './session.js';

/** What is deleted, and how. */
export interface FlushJob<R> {
  /** Finds what is left. @param round how many there were */
  find(round: number): readonly R[];
  /** Writes one that will be deleted, for `-s -s`. */
  show(found: R): void;
  remove(found: readonly R[]): void;
  /** `addresses` or `entries`, for `-s`. */
  readonly noun: string;
  /** Rounds before it gives up; 0 is without end. */
  readonly rounds: number;
  /** Whether it tells, without `-s` too and on stderr, that there was nothing. */
  readonly saysNothing?: boolean;
}

/**
 * Lists and deletes until nothing is left, because deleting one may bring another up.
 * @returns whether nothing is left
 */
export function flushInRounds<R>(job: FlushJob<R>, {io, options, out}: IpSession): boolean {
  const isTold = options.statistics > 0;
  for (let round = 0; job.rounds === 0 || round < job.rounds; round++) {
    const doomed = job.find(round);
    if (doomed.length === 0) {
      if (round === 0 && job.saysNothing === true) io.err('Nothing to flush.\n');
      else if (isTold && round === 0) out.ascii('Nothing to flush.\n');
      else if (isTold) out.ascii(`*** Flush is complete after ${round} round${round === 1 ? '' : 's'} ***\n`);
      return true;
    }
    if (options.statistics > 1) for (const one of doomed) job.show(one);
    job.remove(doomed);
    // Nothing was deleted: the next round would find the same.
    if (options.dryRun) return true;
    if (isTold) out.ascii(`\n*** Round ${round + 1}, deleting ${doomed.length} ${job.noun} ***\n`);
  }
  return false;
}

/**
 * Sends the deletions of a round.
 * @param fine errno that does not matter
 * @param status of another refusal
 * @throws {UsageError} `Failed to send flush request: Operation not permitted`
 */
export function sendDeletions(requests: readonly Request[], session: IpSession, fine: number, status: number): void {
  const refusal = firstRefusal(requests, session.connection(), fine);
  if (refusal !== undefined) throw new UsageError(status, `Failed to send flush request: ${errnoText(refusal)}`);
}

/** Sends them all. @returns the errno of the first one refused, but for `fine` */
export function firstRefusal(
  requests: readonly Request[],
  connection: Pick<SyncConnection, 'batch'>,
  fine: number,
): number | undefined {
  let refusal: number | undefined;
  connection.batch(requests, (_position, error) => {
    if (error !== undefined && error.errno !== fine) refusal ??= error.errno;
  });
  return refusal;
}
