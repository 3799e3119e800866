/** Link-layer address as shown: hex bytes joined by `:`. */
export function formatLladdr(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (text === '' ? '' : ':') + (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}

/** Bytes of a link-layer address in hex, joined by `:`; undefined when the text is not one. */
export function parseLladdr(text: string): Uint8Array | undefined {
  const parts = text.split(':');
  const bytes = new Uint8Array(parts.length);
  for (const [i, part] of parts.entries()) {
    if (!/^[0-9a-fA-F]{1,2}$/.test(part)) return undefined;
    bytes[i] = Number.parseInt(part, 16);
  }
  return bytes;
}
