import {incomplete} from '../grammar/errors.js';
import {type Clause, type Completion, clause, rest, type Term, type ValueType} from '../grammar/grammar.js';

/** A verb that reads by itself what stands behind it. */
export function allWords(label: string, complete?: Completion): Clause<{words: Term<readonly string[]>}> {
  const value: ValueType<readonly string[]> = {
    label,
    parse: cursor => cursor.rest(),
    format: all => all,
    ...(complete !== undefined && {complete}),
  };
  return clause({words: rest(value, {help: false})});
}

/** A verb with one value, which must be there; what stands behind that counts for nothing. */
export function oneValue<V>(value: ValueType<V>): Clause<{value: Term<V>}> {
  return clause(
    {value: rest(lastOf(value), {help: false, required: true})},
    {
      begin(cursor) {
        if (cursor.done) throw incomplete();
      },
    },
  );
}

/** A value that ends its line, whatever stands behind it. */
export function lastOf<V>(value: ValueType<V>): ValueType<V> {
  return {
    ...value,
    parse(cursor, keyword, env, spec) {
      const found = value.parse(cursor, keyword, env, spec);
      cursor.rest();
      return found;
    },
  };
}

/** One of some words; another one is refused by a line. */
export function oneOf<V>(
  table: Readonly<Record<string, V>>,
  refusal: (word: string, keyword: string) => Error,
): ValueType<V> {
  const words = Object.keys(table);
  return {
    label: `{ ${words.join(' | ')} }`,
    complete: words,
    parse(cursor, keyword) {
      const word = cursor.next();
      if (!Object.hasOwn(table, word)) throw refusal(word, keyword);
      return table[word] as V;
    },
    format: value => words.filter(word => table[word] === value).slice(0, 1),
  };
}
