/** Numbers as the C library reads them: what is no digit ends them, without digits they are zero. */

const LONG_MAX = (1n << 63n) - 1n;

/** atoi(3): decimal, as the nearest 64-bit number, of which 32 bits are left. */
export function atoi(text: string): number {
  const digits = /^\s*[+-]?\d+/.exec(text)?.[0] ?? '0';
  const value = BigInt(digits.trim().replace('+', ''));
  return Number(BigInt.asIntN(32, value > LONG_MAX ? LONG_MAX : value < -LONG_MAX ? -LONG_MAX - 1n : value));
}

const ULONG_MAX = (1n << 64n) - 1n;

/** strtoul(3) with base 0: decimal, octal behind 0, hex behind 0x; a minus turns around, what is too large is the largest. */
export function strtoul(text: string): bigint {
  const [, sign, digits = '0'] = /^\s*([+-])?(0x[0-9a-f]+|\d+)/i.exec(text) ?? [];
  const octal = /^0[0-7]+/.exec(digits)?.[0];
  const value = BigInt(octal !== undefined ? `0o${octal}` : /^0\d/.test(digits) ? '0' : digits);
  if (value > ULONG_MAX) return ULONG_MAX;
  return sign === '-' ? BigInt.asUintN(64, -value) : value;
}
