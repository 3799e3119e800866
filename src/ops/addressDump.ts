import {NetlinkError} from '../errors.js';
import {MISUSE} from '../grammar/errors.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {type Address, addressMessage} from '../rtnetlink/address/schema.js';
import {RTM_NEWADDR} from '../rtnetlink/constants.js';
import type {AddressFilter} from './addressShow.js';
import {dumpRefusal} from './refusal.js';
import {
  closeSaved,
  endRestore,
  openSaved,
  readRecords,
  refuseTerminal,
  type SavedKind,
  saveMessage,
} from './savedFile.js';
import type {IpSession} from './session.js';

/** Source: observed, test/differential/address.test.ts. */
const kind: SavedKind = {magic: 0x47361222, other: MISUSE, broken: MISUSE};
const EEXIST = 17;
const ENDING = 'Save terminated';
const FAILURE = 1;

/**
 * `ip address save`: the kernel's messages as they are, behind a magic number. Only family and device select.
 * @throws {UsageError} when standard output is a terminal or cannot be written
 */
export function saveAddresses(filter: AddressFilter, session: IpSession): void {
  const {options, out} = session;
  openSaved(kind.magic, FAILURE, out);
  try {
    session
      .connection()
      .dumpRaw(addressRequests.list({family: options.family, index: filter.index}), (buf, at, end, _type, flags) => {
        saveMessage(buf, at, end, RTM_NEWADDR, flags, out);
      });
  } catch (error) {
    throw dumpRefusal(error, ENDING, FAILURE);
  }
  closeSaved(out, ENDING, FAILURE);
}

/**
 * `ip address restore`: makes the addresses of a dump on stdin again; those that exist are told and stay.
 * @throws {UsageError} when stdin holds no dump
 */
export function restoreAddresses(session: IpSession, report: (error: NetlinkError) => void): void {
  refuseTerminal('address', MISUSE);
  for (const {record} of readDump()) {
    try {
      session.connection().request(addressRequests.restoreRecord(record));
    } catch (error) {
      if (!(error instanceof NetlinkError) || error.errno !== EEXIST) throw endRestore(error, report);
      report(error);
    }
  }
}

/**
 * Addresses of a dump on stdin.
 * @throws {UsageError} where it is no dump, or is cut short
 */
export function readDump(): Iterable<{readonly record: Address}> {
  return readRecords(kind, addressMessage, RTM_NEWADDR);
}
