/**
 * Whether a text fits a shell pattern: `*`, `?`, `[a-z]`, `[!a]`, and a backslash before a character that stands for
 * itself. Source: fnmatch(3) without flags.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    const close = char === '[' ? closeOf(pattern, i) : -1;
    if (char === '*') source += '[^]*';
    else if (char === '?') source += '[^]';
    else if (close > 0) {
      const isNegated = pattern[i + 1] === '!' || pattern[i + 1] === '^';
      const inner = pattern.slice(i + (isNegated ? 2 : 1), close).replace(/[\\\]^[]/g, '\\$&');
      source += `[${isNegated ? '^' : ''}${inner}]`;
      i = close;
    } else {
      if (char === '\\' && i + 1 < pattern.length) i++;
      source += (pattern[i] as string).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    }
  }
  try {
    return new RegExp(`^${source}$`).test(text);
  } catch {
    // A range upside down matches nothing.
    return false;
  }
}

/** Index of the bracket that closes the one at `open`; a first `]` stands for itself. */
function closeOf(pattern: string, open: number): number {
  const first = open + (pattern[open + 1] === '!' || pattern[open + 1] === '^' ? 2 : 1);
  return pattern.indexOf(']', first + 1);
}
