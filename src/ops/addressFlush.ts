import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import type {Address} from '../rtnetlink/address/schema.js';
import {AF_PACKET} from '../rtnetlink/constants.js';
import type {AddressFilter} from './addressShow.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';

/** A secondary address that went with its primary one. */
const EADDRNOTAVAIL = 99;

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
  const {options, out} = session;
  const isTold = options.statistics > 0;
  for (let round = 0; options.loops === 0 || round < options.loops; round++) {
    const doomed = selected(filter);
    if (doomed.length === 0) {
      if (isTold && round === 0) out.ascii('Nothing to flush.\n');
      else if (isTold) out.ascii(`*** Flush is complete after ${round} round${round === 1 ? '' : 's'} ***\n`);
      return 0;
    }
    if (options.statistics > 1) doomed.forEach(show);
    deleteAll(doomed, session);
    if (isTold) out.ascii(`\n*** Round ${round + 1}, deleting ${doomed.length} addresses ***\n`);
  }
  throw new UsageError(255, `*** Flush remains incomplete after ${options.loops} rounds. ***`);
}

function selected(filter: AddressFilter): readonly Address[] {
  try {
    return filter.addresses().filter(address => filter.accepts(address));
  } catch (error) {
    throw dumpRefusal(error, 'Flush terminated', 1);
  }
}

function deleteAll(doomed: readonly Address[], session: IpSession): void {
  let refusal: number | undefined;
  session.connection().batch(
    doomed.map(address => addressRequests.deleteRecord(address)),
    (_position, error) => {
      if (error !== undefined && error.errno !== EADDRNOTAVAIL) refusal ??= error.errno;
    },
  );
  if (refusal !== undefined) throw new UsageError(255, `Failed to send flush request: ${errnoText(refusal)}`);
}
