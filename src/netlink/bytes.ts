import {decodeText} from '../addr/text.js';

let lastBuffer: Uint8Array | undefined;
let lastView: DataView | undefined;

/** A DataView over a buffer; kept, because a dump reads all its messages from one. */
export function viewOf(buf: Uint8Array): DataView {
  if (buf !== lastBuffer) {
    lastBuffer = buf;
    lastView = new DataView(buf.buffer, buf.byteOffset, buf.byteLength);
  }
  return lastView as DataView;
}

/** `buf[at..end)` in memory of its own, also where `buf` is a Buffer, whose `slice` would share. */
export function copyBytes(buf: Uint8Array, at: number, end: number): Uint8Array {
  const out = new Uint8Array(end - at);
  for (let i = at; i < end; i++) out[i - at] = buf[i] as number;
  return out;
}

/** Text of `buf[at..end)` up to the first NUL. */
export function textUntilNul(buf: Uint8Array, at: number, end: number): string {
  let stop = at;
  while (stop < end && buf[stop] !== 0) stop++;
  return decodeText(buf, at, stop);
}

/** An unsigned 16-bit number in host order. */
export function readU16(buf: Uint8Array, at: number, littleEndian: boolean): number {
  const a = buf[at] as number;
  const b = buf[at + 1] as number;
  return littleEndian ? a | (b << 8) : (a << 8) | b;
}

/** An unsigned 32-bit number in host order. */
export function readU32(buf: Uint8Array, at: number, littleEndian: boolean): number {
  return readI32(buf, at, littleEndian) >>> 0;
}

/** A signed 32-bit number in host order. */
export function readI32(buf: Uint8Array, at: number, littleEndian: boolean): number {
  const a = buf[at] as number;
  const b = buf[at + 1] as number;
  const c = buf[at + 2] as number;
  const d = buf[at + 3] as number;
  return littleEndian ? a | (b << 8) | (c << 16) | (d << 24) : (a << 24) | (b << 16) | (c << 8) | d;
}
