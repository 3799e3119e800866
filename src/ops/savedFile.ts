import {readSync} from 'node:fs';
import {UsageError} from '../errors.js';
import {readU16, readU32} from '../netlink/bytes.js';
import {NLMSG_HDRLEN} from '../netlink/constants.js';
import {hostIsLittleEndian} from '../netlink/writer.js';
import type {Sink} from '../view/sink.js';

export const STDIN = 0;
export const STDOUT = 1;
/** Longest message that is believed. */
const LONGEST = 16384;

/** Host order, as the messages are. */
function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** Begins a file of saved objects. */
export function saveMagic(magic: number, out: Sink): void {
  out.bytes(words(magic));
}

/** Writes one message with a header of its own; sequence number and port id, which nobody reads, are 0. */
export function saveMessage(buf: Uint8Array, at: number, end: number, type: number, flags: number, out: Sink): void {
  out.bytes(words(end - at + NLMSG_HDRLEN));
  out.bytes(new Uint8Array(Uint16Array.of(type, flags).buffer));
  out.bytes(words(0, 0));
  out.bytes(buf.subarray(at, end));
  for (let length = end - at; (length & 3) !== 0; length++) out.byte(0);
}

/** A saved message: its body is `bytes[at, end)`. */
export interface SavedMessage {
  readonly type: number;
  readonly flags: number;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
}

/**
 * Messages on standard input.
 * @param status of a file that is none or is cut short
 * @throws {UsageError} as the reference refuses such a file
 */
export function* readSaved(magic: number, status: number): Generator<SavedMessage> {
  const bytes = readAll();
  const littleEndian = hostIsLittleEndian();
  const found = bytes.length < 4 ? partOf(bytes) : readU32(bytes, 0, littleEndian);
  if (found !== magic) {
    throw new UsageError(status, `Magic mismatch (${bytes.length < 4 ? 0 : 1} elems, ${found.toString(16)} magic)`);
  }
  for (let at = 4; at < bytes.length; ) {
    const left = bytes.length - at;
    const size = left < NLMSG_HDRLEN ? NLMSG_HDRLEN : readU32(bytes, at, littleEndian);
    if (size < NLMSG_HDRLEN || size > LONGEST) {
      throw new UsageError(status, `!!!malformed message: len=${size | 0} @18446744073709551615`);
    }
    if (size > left) throw new UsageError(status, 'rtnl-from_file: truncated message');
    const type = readU16(bytes, at + 4, littleEndian);
    const flags = readU16(bytes, at + 6, littleEndian);
    yield {type, flags, bytes, at: at + NLMSG_HDRLEN, end: at + size};
    at += (size + 3) & ~3;
  }
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
