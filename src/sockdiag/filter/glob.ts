/**
 * fnmatch(3) with FNM_CASEFOLD: `*`, `?`, `[a-z]`, `[!a-z]`, and a backslash before a literal character. `*` and `?`
 * match a slash, too.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  /** Where to go on when the rest does not fit: behind the last star, which then takes one character more. */
  let starP = -1;
  let starT = 0;
  while (t < text.length || p < pattern.length) {
    if (pattern[p] === '*') {
      starP = ++p;
      starT = t;
      continue;
    }
    const end = t < text.length && p < pattern.length ? matchOne(pattern, p, text.charAt(t)) : -1;
    if (end >= 0) {
      p = end;
      t++;
    } else if (starP >= 0 && starT < text.length) {
      p = starP;
      t = ++starT;
    } else {
      return false;
    }
  }
  return true;
}

/** Matches one character. @returns where the pattern goes on, -1 when it does not fit */
function matchOne(pattern: string, p: number, char: string): number {
  switch (pattern[p]) {
    case '?':
      return p + 1;
    case '[': {
      const end = matchSet(pattern, p, char);
      if (end !== undefined) return end;
      return char === '[' ? p + 1 : -1;
    }
    case '\\':
      return p + 1 < pattern.length && fold(pattern.charAt(p + 1)) === fold(char) ? p + 2 : -1;
    default:
      return fold(pattern.charAt(p)) === fold(char) ? p + 1 : -1;
  }
}

/** Matches `[...]`. @returns undefined for a bracket that is not closed, which then is an ordinary character */
function matchSet(pattern: string, open: number, char: string): number | undefined {
  let p = open + 1;
  const negated = pattern[p] === '!' || pattern[p] === '^';
  if (negated) p++;
  const wanted = fold(char);
  let hit = false;
  for (let first = true; first || pattern[p] !== ']'; first = false) {
    if (pattern[p] === '\\') p++;
    if (p >= pattern.length) return undefined;
    const low = fold(pattern.charAt(p++));
    let high = low;
    if (pattern[p] === '-' && p + 1 < pattern.length && pattern[p + 1] !== ']') {
      p++;
      if (pattern[p] === '\\') p++;
      if (p >= pattern.length) return undefined;
      high = fold(pattern.charAt(p++));
    }
    if (wanted >= low && wanted <= high) hit = true;
    if (p >= pattern.length) return undefined;
  }
  return hit === negated ? -1 : p + 1;
}

/** Lower case of ASCII letters: the reference folds by the C locale. */
function fold(char: string): string {
  return char >= 'A' && char <= 'Z' ? char.toLowerCase() : char;
}
