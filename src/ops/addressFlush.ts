import {UsageError} from '../errors.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import type {Address} from '../rtnetlink/address/schema.js';
import {AF_PACKET} from '../rtnetlink/constants.js';
import type {AddressFilter} from './addressShow.js';
import {flushInRounds, sendDeletions} from './flushRounds.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';

/** A secondary address that went with its primary one. */
const EADDRNOTAVAIL = 99;
const MISUSE = 255;

/**
 * What the reference refuses before it reads the words of a flush.
 * @throws {UsageError} without words, or with `-0`
 */
export function checkFlush(words: readonly string[], family: number): void {
  if (words.length === 0) throw new UsageError(1, 'Flush requires arguments.');
  if (family === AF_PACKET) throw new UsageError(1, 'Cannot flush link addresses.');
}

/**
 * `ip address flush`: lists and deletes until nothing is left, because deleting one address may promote another.
 * @param show writes an address that will be deleted, for `-s -s`
 * @returns exit status
 * @throws {UsageError} when the kernel refuses
 */
export function flushAddresses(filter: AddressFilter, session: IpSession, show: (address: Address) => void): number {
  const isDone = flushInRounds(
    {
      find: () => selected(filter),
      show,
      remove: doomed => sendDeletions(doomed.map(addressRequests.deleteRecord), session, EADDRNOTAVAIL, MISUSE),
      noun: 'addresses',
      rounds: session.options.loops,
    },
    session,
  );
  if (!isDone) throw new UsageError(MISUSE, `*** Flush remains incomplete after ${session.options.loops} rounds. ***`);
  return 0;
}

function selected(filter: AddressFilter): readonly Address[] {
  try {
    return filter.addresses().filter(address => filter.accepts(address));
  } catch (error) {
    throw dumpRefusal(error, 'Flush terminated', 1);
  }
}
