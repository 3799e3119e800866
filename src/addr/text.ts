/**
 * Text from the kernel and from argv is bytes. What is valid UTF-8 becomes its characters; each other byte becomes a
 * lone surrogate U+DC80 to U+DCFF, so that it goes back as the byte it was.
 */

/** Text of `buf[at..end)`. */
export function decodeText(buf: Uint8Array, at: number, end: number): string {
  let text = '';
  for (let i = at; i < end; i++) {
    const byte = buf[i] as number;
    if (byte > 127) return decodeWide(buf, at, end);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Length of the valid UTF-8 sequence at `at`, 0 where there is none. Source: RFC 3629, section 4. */
export function sequenceAt(buf: Uint8Array, at: number, end: number): number {
  const lead = buf[at] as number;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  for (let i = 1; i < length; i++) if (((buf[at + i] as number) & 0xc0) !== 0x80) return 0;
  const second = buf[at + 1] as number;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}

function decodeWide(buf: Uint8Array, at: number, end: number): string {
  let text = '';
  for (let i = at; i < end; ) {
    const length = sequenceAt(buf, i, end);
    const lead = buf[i] as number;
    if (length <= 1) {
      text += String.fromCharCode(length === 1 ? lead : 0xdc00 | lead);
      i++;
      continue;
    }
    let code = lead & (0x7f >> length);
    for (let k = 1; k < length; k++) code = (code << 6) | ((buf[i + k] as number) & 0x3f);
    text += String.fromCodePoint(code);
    i += length;
  }
  return text;
}

/** Bytes of a text that `decodeText` made, or of any other text as UTF-8. */
export function encodeText(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let p = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      out[p++] = code;
    } else if (code < 0x800) {
      out[p++] = 0xc0 | (code >> 6);
      out[p++] = 0x80 | (code & 0x3f);
    } else {
      const low = code >= 0xd800 && code < 0xdc00 ? text.charCodeAt(i + 1) : 0;
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
        out[p++] = 0xf0 | (code >> 18);
        out[p++] = 0x80 | ((code >> 12) & 0x3f);
      } else if (code >= 0xdc80 && code <= 0xdcff) {
        out[p++] = code & 0xff;
        continue;
      } else {
        out[p++] = 0xe0 | (code >> 12);
      }
      out[p++] = 0x80 | ((code >> 6) & 0x3f);
      out[p++] = 0x80 | (code & 0x3f);
    }
  }
  return out.subarray(0, p);
}
