let masks: string[] | undefined;

/** Dotted mask of an IPv4 prefix length. */
export function maskText(length: number): string {
  if (masks === undefined) {
    masks = [];
    for (let bits = 0; bits <= 32; bits++) {
      const mask = bits === 0 ? 0 : -1 << (32 - bits);
      masks.push(`${mask >>> 24}.${(mask >>> 16) & 255}.${(mask >>> 8) & 255}.${mask & 255}`);
    }
  }
  return masks[length] as string;
}
