import {readSync} from 'node:fs';
import {NetlinkError, UsageError} from '../errors.js';
import {isTerminal} from '../native.js';
import {codecOf} from '../netlink/codec.js';
import {NLMSG_HDRLEN} from '../netlink/constants.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {type Address, addressMessage} from '../rtnetlink/address/schema.js';
import {RTM_NEWADDR} from '../rtnetlink/constants.js';
import type {AddressFilter} from './addressShow.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';

/** First bytes of a dump file, little endian. */
const MAGIC = 0x47361222;
const EEXIST = 17;
const STDIN = 0;
const STDOUT = 1;
/** Longest message that is believed. */
const LONGEST = 16384;

/**
 * `ip address save`: the kernel's messages as they are, behind a magic number. Only family and device select.
 * @throws {UsageError} when stdout is a terminal
 */
export function saveAddresses(filter: AddressFilter, session: IpSession): void {
  const {options, out} = session;
  if (isTerminal(STDOUT)) throw new UsageError(1, 'Not sending a binary stream to stdout');
  const header = new DataView(new ArrayBuffer(NLMSG_HDRLEN));
  header.setUint32(0, MAGIC, true);
  out.bytes(new Uint8Array(header.buffer, 0, 4));
  try {
    session
      .connection()
      .dumpRaw(addressRequests.list({family: options.family, index: filter.index}), (buf, at, end, _type, flags) => {
        header.setUint32(0, NLMSG_HDRLEN + end - at, true);
        header.setUint16(4, RTM_NEWADDR, true);
        header.setUint16(6, flags, true);
        out.bytes(new Uint8Array(header.buffer));
        out.bytes(buf.subarray(at, end));
      });
  } catch (error) {
    throw dumpRefusal(error, 'Save terminated', 1);
  }
}

/**
 * `ip address restore`: makes the addresses of a dump on stdin again; those that exist are told and stay.
 * @throws {UsageError} when stdin holds no dump
 */
export function restoreAddresses(session: IpSession, report: (error: NetlinkError) => void): void {
  if (isTerminal(STDIN)) throw new UsageError(255, "Can't restore address dump from a terminal");
  for (const address of readDump()) {
    try {
      session.connection().request(addressRequests.restoreRecord(address));
    } catch (error) {
      if (!(error instanceof NetlinkError) || error.errno !== EEXIST) throw unlessRefused(error, report);
      report(error);
    }
  }
}

/** Any other refusal ends the restore, with the kernel's words and status 255. */
function unlessRefused(error: unknown, report: (error: NetlinkError) => void): unknown {
  if (!(error instanceof NetlinkError)) return error;
  report(error);
  return new UsageError(255, []);
}

/**
 * Addresses of a dump on stdin.
 * @throws {UsageError} where it is no dump, or is cut short
 */
export function readDump(): Iterable<Address> {
  const bytes = readAll();
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic =
    bytes.length >= 4 ? data.getUint32(0, true) : bytes.reduce((sum, byte, i) => sum | (byte << (8 * i)), 0);
  if (magic !== MAGIC) {
    throw new UsageError(255, `Magic mismatch (${bytes.length >= 4 ? 1 : 0} elems, ${magic.toString(16)} magic)`);
  }
  return addressesOf(bytes, data);
}

function* addressesOf(bytes: Uint8Array, data: DataView): Generator<Address> {
  const codec = codecOf(addressMessage);
  for (let at = 4; at < bytes.length; ) {
    if (bytes.length - at < NLMSG_HDRLEN) throw truncated();
    const length = data.getUint32(at, true);
    if (length < NLMSG_HDRLEN || length > LONGEST) {
      throw new UsageError(255, `!!!malformed message: len=${length | 0} @18446744073709551615`);
    }
    if (bytes.length - at < length) throw truncated();
    if (data.getUint16(at + 4, true) === RTM_NEWADDR) yield codec.decode(bytes, at + NLMSG_HDRLEN, at + length);
    at += (length + 3) & ~3;
  }
}

function truncated(): UsageError {
  return new UsageError(255, 'rtnl-from_file: truncated message');
}

function readAll(): Uint8Array {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65536);
  for (;;) {
    const length = readSync(STDIN, chunk, 0, chunk.length, null);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(Buffer.from(chunk.subarray(0, length)));
  }
}
