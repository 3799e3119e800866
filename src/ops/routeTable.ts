import type {GrammarEnv} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';

/** A table by name or number; undefined when it is neither. */
export function routeTableOf(word: string, env: GrammarEnv): number | undefined {
  return env.names.table.toNumber(word) ?? unsigned(word, 0xffffffff);
}
