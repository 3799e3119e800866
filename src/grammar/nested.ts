import {formatClause} from './format.js';
import type {Clause, Parsed, Terms, ValueType} from './grammar.js';
import {parseClause} from './parse.js';

/** A clause as a value of its own, for values made of several parts; keyword() and repeat() take clauses directly. */
export function nested<T extends Terms>(inner: Clause<T>, label = 'OPTIONS'): ValueType<Parsed<Clause<T>>> {
  return {
    label,
    parse: (cursor, _keyword, env) => parseClause(inner, cursor, env),
    format: (spec, env) => formatClause(inner, spec, env),
  };
}
