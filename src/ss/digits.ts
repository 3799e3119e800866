/** Writers of labels and numbers straight into bytes; each returns the position behind what it wrote. */

/** The bytes of a label, made once for all rows. */
export function label(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

/** @hot */
export function writeLabel(bytes: Uint8Array, into: Uint8Array, at: number): number {
  const length = bytes.length;
  for (let i = 0; i < length; i++) into[at + i] = bytes[i] as number;
  return at + length;
}

/** Text of ASCII characters only. @hot */
export function writeAscii(text: string, into: Uint8Array, at: number): number {
  const length = text.length;
  for (let i = 0; i < length; i++) into[at + i] = text.charCodeAt(i);
  return at + length;
}

/** Non-negative integer up to 2^53 in decimal. @hot */
export function writeUint(n: number, into: Uint8Array, at: number): number {
  if (n < 10) {
    into[at] = 48 + n;
    return at + 1;
  }
  if (n > 0x7fffffff) return writeWide(n, into, at);
  const digits =
    n < 100000
      ? n < 1000
        ? n < 100
          ? 2
          : 3
        : n < 10000
          ? 4
          : 5
      : n < 10000000
        ? n < 1000000
          ? 6
          : 7
        : n < 100000000
          ? 8
          : n < 1000000000
            ? 9
            : 10;
  writeDigits(n | 0, into, at, digits);
  return at + digits;
}

/** @hot */
function writeDigits(n: number, into: Uint8Array, at: number, digits: number): void {
  let rest = n;
  for (let p = at + digits - 1; p >= at; p--) {
    const tenth = (rest / 10) | 0;
    into[p] = 48 + rest - tenth * 10;
    rest = tenth;
  }
}

/** @hot */
function writeWide(n: number, into: Uint8Array, at: number): number {
  const high = Math.floor(n / 1e9);
  const p = writeUint(high, into, at);
  writeDigits((n - high * 1e9) | 0, into, p, 9);
  return p + 9;
}
