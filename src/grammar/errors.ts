import {UsageError} from '../errors.js';

/** Status of most refusals of an argument: -1 as the reference exits. */
export const MISUSE = 255;
/** For UsageError: a batch goes on behind this refusal. */
export const GOES_ON = false;

/** A value is missing at the end of the line. */
export function incomplete(): UsageError {
  return new UsageError(MISUSE, ['Command line is not complete. Try option "help"']);
}

/** `Error: argument "x" is wrong: TEXT`. A text that ends in a newline, as many of the reference's do, leaves an empty line. */
export function wrong(argument: string, text: string): UsageError {
  return new UsageError(MISUSE, `Error: argument "${argument}" is wrong: ${text}`.split('\n'));
}

/** The usual text of wrong(): `"metric" value is invalid`, with the empty line. */
export function invalid(argument: string, name: string): UsageError {
  return wrong(argument, `"${name}" value is invalid\n`);
}

/** A second value for a keyword that takes one. */
export function duplicate(name: string, second: string): UsageError {
  return new UsageError(MISUSE, [`Error: duplicate "${name}": "${second}" is the second value.`]);
}

/** A second value for the term without a keyword. */
export function garbage(name: string, word: string): UsageError {
  return new UsageError(MISUSE, [`Error: either "${name}" is duplicate, or "${word}" is a garbage.`]);
}

/** An address or prefix that is none: status 1. */
export function expected(what: string, word: string): UsageError {
  return new UsageError(1, [`Error: ${what} is expected rather than "${word}".`]);
}

/** Any other refusal with complete stderr lines. */
export function refuse(line: string, status = MISUSE, ends?: boolean): UsageError {
  return new UsageError(status, [line], ends);
}

/** Usage on stderr, status 255. */
export function usageError(lines: readonly string[]): UsageError {
  return new UsageError(MISUSE, lines);
}
