/** Numbers of sock_diag messages, read byte by byte: listings read them in place. All supported processors are little endian. */

/** @hot */
export function u16(buf: Uint8Array, at: number): number {
  return (buf[at] as number) | ((buf[at + 1] as number) << 8);
}

/** @hot */
export function i32(buf: Uint8Array, at: number): number {
  return (
    (buf[at] as number) |
    ((buf[at + 1] as number) << 8) |
    ((buf[at + 2] as number) << 16) |
    ((buf[at + 3] as number) << 24)
  );
}

/** @hot */
export function u32(buf: Uint8Array, at: number): number {
  return i32(buf, at) >>> 0;
}

/** A word of an address, which is in network order whatever the processor; signed. @hot */
export function be32(buf: Uint8Array, at: number): number {
  return (
    ((buf[at] as number) << 24) |
    ((buf[at + 1] as number) << 16) |
    ((buf[at + 2] as number) << 8) |
    (buf[at + 3] as number)
  );
}

/** The nearest double: exact up to 2^53. @hot */
export function u64(buf: Uint8Array, at: number): number {
  return u32(buf, at + 4) * 0x1_0000_0000 + u32(buf, at);
}

/** All 64 bits. */
export function big64(buf: Uint8Array, at: number): bigint {
  return (BigInt(u32(buf, at + 4)) << 32n) | BigInt(u32(buf, at));
}
