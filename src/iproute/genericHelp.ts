import type {UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import {usageError} from '../grammar/errors.js';
import type {Verbs} from '../grammar/grammar.js';
import {usage} from '../grammar/help.js';

/**
 * Usage of an object whose family is asked for before its words are read.
 * @param parts its grammars
 * @throws {UsageError} without words, or with `help`
 */
export function asksForHelp([word]: readonly string[], parts: Verbs | readonly Verbs[], program: string): void {
  if (word === undefined || begins(word, 'help')) throw partsUsage([parts].flat(), program);
}

/** Usage of an object with several grammars. */
export function partsUsage([first, ...others]: readonly Verbs[], program: string): UsageError {
  const rest = others.flatMap(verbs => usage(verbs, program).map(line => line.replace(/^Usage:/, '      ')));
  return usageError([...(first === undefined ? [] : usage(first, program)), ...rest]);
}
