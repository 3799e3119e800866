import {fstatSync, readSync} from 'node:fs';
import {DecodeError, NetlinkError, UsageError} from '../errors.js';
import {MISUSE, refuse} from '../grammar/errors.js';
import {isTerminal} from '../native.js';
import {readU16, readU32} from '../netlink/bytes.js';
import {type Codec, codecOf} from '../netlink/codec.js';
import {NLMSG_HDRLEN} from '../netlink/constants.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import {hostIsLittleEndian} from '../netlink/writer.js';
import type {Sink} from '../view/sink.js';

const STDIN = 0;
const STDOUT = 1;
/** Longest message that is believed. */
const LONGEST = 16384;
/** Where a stream that cannot be told its position stands: ftell(3), printed without a sign. */
const NOWHERE = '18446744073709551615';
/** Of a file that has no room for the first four bytes. */
const NO_ROOM = 1;

/** One kind of saved objects. */
export interface SavedKind {
  /** First four bytes. */
  readonly magic: number;
  /** Status of a file of another kind. */
  readonly other: number;
  /** Status of a file that is cut short. */
  readonly broken: number;
}

/** Host order, as the messages are. */
function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/**
 * Begins a file of saved objects.
 * @param status of the refusal of a terminal
 * @throws {UsageError} when standard output is a terminal, or cannot be written
 */
export function openSaved(magic: number, status: number, out: Sink): void {
  if (isTerminal(STDOUT)) throw refuse('Not sending a binary stream to stdout', status);
  out.bytes(words(magic));
  out.flush();
  if (out.failed !== 0) throw refuse("Can't write magic to dump file", NO_ROOM);
}

/** Writes one message with a header of its own; sequence number and port id, which nobody reads, are 0. */
export function saveMessage(buf: Uint8Array, at: number, end: number, type: number, flags: number, out: Sink): void {
  out.bytes(words(end - at + NLMSG_HDRLEN));
  out.bytes(new Uint8Array(Uint16Array.of(type, flags).buffer));
  out.bytes(words(0, 0));
  out.bytes(buf.subarray(at, end));
  for (let length = end - at; (length & 3) !== 0; length++) out.byte(0);
}

/**
 * Ends a file of saved objects.
 * @param ending last line of a refusal
 * @throws {UsageError} when not all could be written
 */
export function closeSaved(out: Sink, ending: string, status: number): void {
  out.flush();
  if (out.failed !== 0) throw new UsageError(status, ['Short write while saving nlmsg', ending]);
}

/** @param what `rule`, as the message names the dump @throws {UsageError} when standard input is a terminal */
export function refuseTerminal(what: string, status: number): void {
  if (isTerminal(STDIN)) throw refuse(`Can't restore ${what} dump from a terminal`, status);
}

/** Whether standard input has a position. */
export function isSeekable(): boolean {
  return fstatSync(STDIN).isFile();
}

/**
 * What the messages of one type on standard input hold; others are passed over.
 * @throws {UsageError} as the reference refuses what is no such file, or is cut short; also for a message that is none of its
 *   type, where the reference goes on with what is not there
 */
export function readRecords<M extends AnyMessage>(
  {magic, other, broken}: SavedKind,
  message: M,
  wanted: number,
): Iterable<{readonly flags: number; readonly record: Decoded<M>}> {
  const bytes = readAll();
  const found = bytes.length < 4 ? partOf(bytes) : readU32(bytes, 0, hostIsLittleEndian());
  if (found !== magic) {
    throw refuse(`Magic mismatch (${bytes.length < 4 ? 0 : 1} elems, ${found.toString(16)} magic)`, other);
  }
  return recordsOf(bytes, message, wanted, broken);
}

function* recordsOf<M extends AnyMessage>(
  bytes: Uint8Array,
  message: M,
  wanted: number,
  status: number,
): Generator<{readonly flags: number; readonly record: Decoded<M>}> {
  const littleEndian = hostIsLittleEndian();
  const codec = codecOf(message);
  for (let at = 4; at < bytes.length; ) {
    const left = bytes.length - at;
    const size = left < NLMSG_HDRLEN ? NLMSG_HDRLEN : readU32(bytes, at, littleEndian);
    if (size < NLMSG_HDRLEN || size > LONGEST) {
      const position = isSeekable() ? at + NLMSG_HDRLEN : NOWHERE;
      throw refuse(`!!!malformed message: len=${size | 0} @${position}`, status);
    }
    const whole = (size + 3) & ~3;
    if (whole > left) throw refuse('rtnl-from_file: truncated message', status);
    if (readU16(bytes, at + 4, littleEndian) === wanted) {
      const record = decoded(codec, bytes, at + NLMSG_HDRLEN, at + size, status);
      yield {flags: readU16(bytes, at + 6, littleEndian), record};
    }
    at += whole;
  }
}

function decoded<M extends AnyMessage>(
  codec: Codec<M>,
  bytes: Uint8Array,
  at: number,
  end: number,
  status: number,
): Decoded<M> {
  try {
    return codec.decode(bytes, at, end);
  } catch (error) {
    if (error instanceof DecodeError) throw refuse(`Broken message: ${error.message}`, status);
    throw error;
  }
}

/** Has a refusal told, which then ends the restore. */
export function endRestore(error: unknown, report: (error: NetlinkError) => void): unknown {
  if (!(error instanceof NetlinkError)) return error;
  report(error);
  return new UsageError(MISUSE, []);
}

/** A number whose last bytes are missing. */
function partOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => sum | (byte << (8 * i)), 0);
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
