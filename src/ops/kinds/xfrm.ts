import {UsageError} from '../../errors.js';
import {refuse, wrong} from '../../grammar/errors.js';
import {clause, flag, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import type {KindContext, LinkKind} from './kind.js';
import {lowerDevice} from './tunnel.js';
import {option} from './values.js';

const id: ValueType<number> = {
  label: 'IF-ID',
  parse(cursor) {
    const word = cursor.next();
    const value = unsigned(word, 0xffffffff);
    if (value === undefined || value === 0) throw wrong(word, 'if_id value is invalid');
    return value;
  },
  format: value => [String(value)],
};

/** Options of an interface for IPsec, in match order. */
const options = clause(() => ({
  dev: option('dev', lowerDevice),
  ifId: option('if_id', id),
  external: flag('external'),
}));

function data({dev, ifId, external}: SpecBag, context: KindContext): SpecBag {
  if (external === true) {
    if (dev === undefined && ifId === undefined) return {collectMetadata: true};
    throw new UsageError(1, "xfrmi: both 'external' and if_id/link cannot be specified");
  }
  if (ifId === undefined) throw refuse('Error: argument "IF_ID" is required');
  return dev === undefined ? {ifId} : {ifId, link: context.indexOf(dev)};
}

/** `type xfrm`. */
export const xfrm = (): LinkKind => ({name: 'xfrm', options, data});
