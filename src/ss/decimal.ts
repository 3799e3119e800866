import {label, writeAscii, writeLabel, writeUint} from './digits.js';

/** printf's `%g` with a number of significant digits, 6 by default: `0.008`, `4.29497e+06`. */
export function general(x: number, digits = 6): string {
  let text = precise(x, digits);
  let exponent = '';
  const e = text.indexOf('e');
  if (e >= 0) {
    exponent = text.slice(e);
    if (exponent.length === 3) exponent = `${exponent.slice(0, 2)}0${exponent.slice(2)}`;
    text = text.slice(0, e);
  }
  if (text.includes('.')) text = text.replace(/\.?0+$/, '');
  return text + exponent;
}

/** As toPrecision, but halves that are exact go to the even neighbour. */
function precise(x: number, digits: number): string {
  const text = x.toPrecision(digits);
  if (x === 0) return text;
  const last = 10 ** (Math.floor(Math.log10(x)) - digits + 1);
  const scaled = x / last;
  if (Math.abs(scaled - Math.floor(scaled) - 0.5) > 1e-9) return text;
  const exact = x
    .toPrecision(digits + 40)
    .replace(/e.*/, '')
    .replace('.', '')
    .replace(/^0+/, '');
  if (!/^50*$/.test(exact.slice(digits)) || Number(exact.charAt(digits - 1)) % 2 === 1) return text;
  return (x - last / 4).toPrecision(digits);
}

/** printf's `%.1f`: halves that are exact go to the even neighbour. */
export function tenths(x: number): string {
  const whole = Math.floor(x);
  if (x - whole === 0.25) return `${whole}.2`;
  return x.toFixed(1);
}

/** printf's `%.0f`: all digits, halves to the even neighbour. */
export function rounded(x: number): string {
  return x >= Number.MAX_SAFE_INTEGER ? BigInt(x).toString() : String(halfEven(x));
}

function halfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Microseconds as milliseconds with `%g`: `204`, `0.008`. @hot @returns the position behind them */
export function writeMilliseconds(us: number, into: Uint8Array, at: number): number {
  if (us >= 1e6) return writeAscii(general(us / 1000), into, at);
  const ms = (us / 1000) | 0;
  const rest = us - ms * 1000;
  let p = writeUint(ms, into, at);
  if (rest === 0) return p;
  into[p++] = 46;
  const hundreds = (rest / 100) | 0;
  const tens = ((rest - hundreds * 100) / 10) | 0;
  const ones = rest - hundreds * 100 - tens * 10;
  into[p++] = 48 + hundreds;
  if (tens === 0 && ones === 0) return p;
  into[p++] = 48 + tens;
  if (ones !== 0) into[p++] = 48 + ones;
  return p;
}

const UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'Tbps'],
  [1e9, 'Gbps'],
  [1e6, 'Mbps'],
  [1e3, 'kbps'],
];
const BPS = label('bps');

/** Bits a second: all digits when `numeric`, else three with a unit of a thousand or more. @hot @returns the position behind them */
export function writeRate(bits: number, numeric: boolean, into: Uint8Array, at: number): number {
  if (numeric) {
    const p =
      bits < Number.MAX_SAFE_INTEGER ? writeUint(halfEven(bits), into, at) : writeAscii(rounded(bits), into, at);
    return writeLabel(BPS, into, p);
  }
  for (const [size, unit] of UNITS) {
    if (bits >= size) return writeAscii(unit, into, writeAscii(general(bits / size, 3), into, at));
  }
  return writeLabel(BPS, into, writeAscii(general(bits), into, at));
}
