import type {IpAddress} from './ip.js';

/** Whether the first bits of two addresses agree; an absent one is all zero. */
export function sameBits(a: IpAddress | undefined, b: IpAddress | undefined, bits: number): boolean {
  return (
    sameWord(a?.w0 ?? 0, b?.w0 ?? 0, bits) &&
    sameWord(a?.w1 ?? 0, b?.w1 ?? 0, bits - 32) &&
    sameWord(a?.w2 ?? 0, b?.w2 ?? 0, bits - 64) &&
    sameWord(a?.w3 ?? 0, b?.w3 ?? 0, bits - 96)
  );
}

function sameWord(a: number, b: number, bits: number): boolean {
  if (bits <= 0) return true;
  return bits >= 32 ? a === b : (a ^ b) >>> (32 - bits) === 0;
}
