const words: readonly string[] = ['unspec', 'block', 'accept'];

/** What happens to packets without a policy, in four lines. */
export function defaultsText(found: {readonly in: number; readonly fwd: number; readonly out: number}): string {
  const word = (value: number): string => words[value] ?? 'unknown';
  return `Default policies:\n in:  ${word(found.in)}\n fwd: ${word(found.fwd)}\n out: ${word(found.out)}\n`;
}
