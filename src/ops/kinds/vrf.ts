import {wrong} from '../../grammar/errors.js';
import {clause, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {tableName} from '../../grammar/values.js';
import type {LinkKind} from './kind.js';
import {option} from './values.js';

const table: ValueType<number> = {
  ...tableName,
  label: 'TABLEID',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const value = env.names.table.toNumber(word) ?? unsigned(word, 0xffffffff);
    if (value === undefined) throw wrong(word, 'invalid table ID\n');
    return value;
  },
};

/** `type vrf`. */
export const vrf: LinkKind = {
  name: 'vrf',
  options: clause({table: option('table', table)}),
  unknown: 'unknown option',
};
