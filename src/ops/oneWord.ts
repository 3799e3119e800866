import {Cursor, type GrammarEnv, type ValueType} from '../grammar/grammar.js';

/**
 * A value whose word was kept because the reference reads it only after other checks.
 * @throws {UsageError} as the value refuses
 */
export function oneWord<V>(value: ValueType<V>, word: string, env: GrammarEnv): V {
  return value.parse(new Cursor([word]), '', env, {});
}
