/**
 * Mask behind the slash of `ADDRESS/LENGTH`, as the old tools make it: the length is taken modulo 32, as the shift of a
 * processor does, so /32 is no mask at all and /33 is /1.
 * @returns a word in host order, signed; undefined where the text is no number
 */
export function prefixMask(text: string): number | undefined {
  if (!/^\s*([+-]?(0[0-7]*|[1-9]\d*|0x[0-9a-f]+))?$/i.test(text)) return undefined;
  const digits = text.trim().replace(/^[+-]/, '');
  const size = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  const length = (text.trim().startsWith('-') ? -size : size) & 31;
  return length === 0 ? 0 : -1 << (32 - length);
}
