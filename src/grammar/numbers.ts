/**
 * Number syntax of C's strtoul and strtoull: blanks, a sign, `0x` and leading zero when the base is 0.
 * Numbers are read by hand: Number() and parseInt() accept other words.
 */

/** A number read from the beginning of a text. */
export interface Scan {
  /** As 64-bit unsigned, after negation modulo 2^64. */
  value: bigint;
  /** Index behind the last digit; 0 when there is no number. */
  end: number;
  /** Whether it does not fit 64 bits. */
  overflow: boolean;
}

const SMALL = 9;

/**
 * Decimal digits only, at most nine of them: the usual case.
 * @returns -1 for any other text
 * @hot
 */
function small(text: string): number {
  const {length} = text;
  if (length === 0 || length > SMALL) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9 || (digit === 0 && i === 0 && length > 1)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 122 ? letter - 87 : 36;
}

/** strtoull: reads as many digits as there are. */
export function scan(text: string, base: 0 | 10 | 16): Scan {
  let at = 0;
  while (isBlank(text.charCodeAt(at))) at++;
  const sign = text[at];
  if (sign === '-' || sign === '+') at++;
  let radix: number = base;
  if (
    base !== 10 &&
    text[at] === '0' &&
    (text.charCodeAt(at + 1) | 32) === 120 &&
    digitOf(text.charCodeAt(at + 2)) < 16
  ) {
    radix = 16;
    at += 2;
  } else if (base === 0) radix = text[at] === '0' ? 8 : 10;
  const first = at;
  let value = 0n;
  for (let digit = digitOf(text.charCodeAt(at)); digit < radix; digit = digitOf(text.charCodeAt(++at))) {
    value = value * BigInt(radix) + BigInt(digit);
  }
  if (at === first) return {value: 0n, end: 0, overflow: false};
  const overflow = value > 0xffffffffffffffffn;
  if (overflow) value = 0xffffffffffffffffn;
  else if (sign === '-') value = BigInt.asUintN(64, -value);
  return {value, end: at, overflow};
}

/**
 * A whole text as an unsigned number of at most `max`.
 * @returns undefined when it is none; negative ones are none, except -0
 */
export function unsigned(text: string, max: number, base: 0 | 10 | 16 = 0): number | undefined {
  if (base !== 16) {
    const quick = small(text);
    if (quick >= 0) return quick <= max ? quick : undefined;
  }
  const read = scan(text, base);
  return read.end === 0 || read.end !== text.length || read.overflow || read.value > BigInt(max)
    ? undefined
    : Number(read.value);
}

/** A whole text as a 64-bit unsigned number; negative ones wrap as strtoull has it. */
export function unsigned64(text: string, base: 0 | 10 | 16 = 0): bigint | undefined {
  const read = scan(text, base);
  return read.end === 0 || read.end !== text.length || read.overflow ? undefined : read.value;
}

/** A whole text as a signed number. */
export function signed(text: string, min: number, max: number, base: 0 | 10 | 16 = 0): number | undefined {
  const quick = small(text);
  if (quick >= 0 && base !== 16) return quick <= max ? quick : undefined;
  const read = scan(text, base);
  if (read.end === 0 || read.end !== text.length || read.overflow) return undefined;
  const value = BigInt.asIntN(64, read.value);
  if (value < 0n !== /^\s*-/.test(text) && value !== 0n) return undefined;
  return value < BigInt(min) || value > BigInt(max) ? undefined : Number(value);
}
