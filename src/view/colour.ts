/** What a coloured piece of text is. */
export type Role = 'ifname' | 'mac' | 'inet' | 'inet6' | 'up' | 'down';

/** Escape sequence that starts each role. */
export type Palette = Readonly<Record<Role, string>>;

/** Ends a coloured piece. */
export const RESET = '\x1b[0m';

/** `-c[=WHEN]`; plain `-c` is `always`, even into a pipe. */
export type ColourWhen = 'never' | 'auto' | 'always';

/** For light backgrounds, the default. */
const light: Palette = {
  ifname: '\x1b[36m',
  mac: '\x1b[33m',
  inet: '\x1b[35m',
  inet6: '\x1b[34m',
  up: '\x1b[32m',
  down: '\x1b[31m',
};

/** For dark backgrounds: the same, bold. */
const dark: Palette = {
  ifname: '\x1b[1;36m',
  mac: '\x1b[1;33m',
  inet: '\x1b[1;35m',
  inet6: '\x1b[1;34m',
  up: '\x1b[1;32m',
  down: '\x1b[1;31m',
};

/**
 * Whether COLORFGBG (`foreground;background`) tells of a dark background: its last part is 0 to 6, or 8.
 * Source: observed, test/differential/address.test.ts.
 */
export function isDarkBackground(colorfgbg: string | undefined): boolean {
  if (colorfgbg === undefined) return false;
  const semicolon = colorfgbg.lastIndexOf(';');
  if (semicolon < 0 || colorfgbg.length !== semicolon + 2) return false;
  const background = colorfgbg.charCodeAt(semicolon + 1) - 48;
  return (background >= 0 && background <= 6) || background === 8;
}

/**
 * Palette of a run, undefined for no colour. JSON output never has any; that is the caller's business.
 * NO_COLOR has no say, as in iproute2 6.1.
 */
export function paletteFor(
  when: ColourWhen,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: () => boolean,
): Palette | undefined {
  if (when === 'never' || (when === 'auto' && !isTerminal())) return undefined;
  return isDarkBackground(env.COLORFGBG) ? dark : light;
}
