import {expect} from 'vitest';
import {codecOf} from '../../../src/netlink/codec.js';
import type {AnyMessage, Decoded, Encodable} from '../../../src/netlink/schema.js';
import {Writer} from '../../../src/netlink/writer.js';

/** Bytes of a capture: hex digits, white space, comments from `#` to the end of the line. */
export function hex(text: string): Uint8Array {
  const digits = text.replaceAll(/#.*/g, '').replaceAll(/\s/g, '');
  return Uint8Array.from(digits.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
}

/** Hex digits in groups of four bytes. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/(.{8})(?=.)/g, '$1 ');
}

/** Decodes a body as the kernel or the reference sent it. */
export function decode<M extends AnyMessage>(message: M, bytes: Uint8Array): Decoded<M> {
  return codecOf(message).decode(bytes, 0, bytes.length);
}

/** Encodes a body. */
export function encode<M extends AnyMessage>(message: M, body: Encodable<M>): Uint8Array {
  const writer = new Writer();
  codecOf(message).encode(body, writer);
  return writer.bytes.slice(0, writer.at);
}

/** A capture means what `body` says, and `body` encodes to the capture. */
export function expectSame<M extends AnyMessage>(message: M, capture: string, body: Encodable<M>): void {
  const bytes = hex(capture);
  expect(toHex(encode(message, body))).toBe(toHex(bytes));
  expect(decode(message, bytes)).toMatchObject(body as object);
}
