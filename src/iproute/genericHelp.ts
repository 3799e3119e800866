import {usageError} from '../grammar/errors.js';
import type {Verbs} from '../grammar/grammar.js';
import {usage} from '../grammar/help.js';

/**
 * Usage of an object whose family is asked for before its words are read.
 * @throws {UsageError} without words, or with `help`
 */
export function asksForHelp([word]: readonly string[], verbs: Verbs, program: string): void {
  if (word === undefined || (word !== '' && 'help'.startsWith(word))) throw usageError(usage(verbs, program));
}
