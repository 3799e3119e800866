/**
 * Byte-level writers of addresses: the one place that knows their text form. Sinks write through them without making
 * strings; `IpAddress.toString` decodes what they wrote.
 */

/** Room that the longest text of an address can take. */
export const ADDRESS_ROOM = 48;

/** `0`..`255` in decimal. @hot @returns the position after the last digit */
export function writeOctet(n: number, into: Uint8Array, at: number): number {
  if (n >= 100) {
    const hundreds = n >= 200 ? 2 : 1;
    const rest = n - hundreds * 100;
    const tens = (rest * 205) >> 11;
    into[at] = 48 + hundreds;
    into[at + 1] = 48 + tens;
    into[at + 2] = 48 + rest - tens * 10;
    return at + 3;
  }
  if (n >= 10) {
    const tens = (n * 205) >> 11;
    into[at] = 48 + tens;
    into[at + 1] = 48 + n - tens * 10;
    return at + 2;
  }
  into[at] = 48 + n;
  return at + 1;
}

/** Dotted quad. @hot @returns the position after the text */
export function writeInet(a: number, into: Uint8Array, at: number): number {
  let p = writeOctet(a >>> 24, into, at);
  into[p] = 46;
  p = writeOctet((a >>> 16) & 255, into, p + 1);
  into[p] = 46;
  p = writeOctet((a >>> 8) & 255, into, p + 1);
  into[p] = 46;
  return writeOctet(a & 255, into, p + 1);
}

function hexDigit(n: number): number {
  return n < 10 ? 48 + n : 87 + n;
}

/** 16 bits in hex without leading zeros. @hot */
function writeGroup(n: number, into: Uint8Array, at: number): number {
  let p = at;
  if (n > 0xfff) into[p++] = hexDigit(n >>> 12);
  if (n > 0xff) into[p++] = hexDigit((n >>> 8) & 15);
  if (n > 0xf) into[p++] = hexDigit((n >>> 4) & 15);
  into[p] = hexDigit(n & 15);
  return p + 1;
}

/**
 * IPv6 text as the C library's inet_ntop writes it: the first longest run of two or more zero groups is `::`, and an
 * address in `::ffff:0:0/96` or `::/96` ends in a dotted quad. @hot
 * @returns the position after the text
 * Source: RFC 5952; inet_ntop(3).
 */
export function writeInet6(a: number, b: number, c: number, d: number, into: Uint8Array, at: number): number {
  // One bit a group, set where it is zero: runs are found without an array.
  const zeros =
    (a >>> 16 === 0 ? 1 : 0) |
    ((a & 0xffff) === 0 ? 2 : 0) |
    (b >>> 16 === 0 ? 4 : 0) |
    ((b & 0xffff) === 0 ? 8 : 0) |
    (c >>> 16 === 0 ? 16 : 0) |
    ((c & 0xffff) === 0 ? 32 : 0) |
    (d >>> 16 === 0 ? 64 : 0) |
    ((d & 0xffff) === 0 ? 128 : 0);
  let runAt = -1;
  let runLength = 1;
  for (let i = 0; i < 8; ) {
    if ((zeros & (1 << i)) === 0) {
      i++;
      continue;
    }
    const start = i;
    while (i < 8 && (zeros & (1 << i)) !== 0) i++;
    if (i - start > runLength) {
      runAt = start;
      runLength = i - start;
    }
  }
  const dotted = runAt === 0 && (runLength === 6 || (runLength === 5 && (c & 0xffff) === 0xffff));
  const groups = dotted ? 6 : 8;
  let p = at;
  for (let i = 0; i < groups; i++) {
    if (i === runAt) {
      into[p++] = 58;
      i += runLength - 1;
      if (i + 1 >= groups && !dotted) into[p++] = 58;
      continue;
    }
    if (i > 0) into[p++] = 58;
    const word = i < 2 ? a : i < 4 ? b : i < 6 ? c : d;
    p = writeGroup((i & 1) === 0 ? word >>> 16 : word & 0xffff, into, p);
  }
  if (!dotted) return p;
  into[p++] = 58;
  return writeInet(d, into, p);
}

/** Bytes joined by `:` in hex, as link-layer addresses are shown. @hot @returns the position after the text */
export function writeLladdr(bytes: Uint8Array, into: Uint8Array, at: number): number {
  let p = at;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (i > 0) into[p++] = 58;
    into[p++] = hexDigit(byte >>> 4);
    into[p++] = hexDigit(byte & 15);
  }
  return p;
}

/** The ASCII text in `bytes[at..end)`. */
export function asciiOf(bytes: Uint8Array, at: number, end: number): string {
  let text = '';
  for (let i = at; i < end; i++) text += String.fromCharCode(bytes[i] as number);
  return text;
}
