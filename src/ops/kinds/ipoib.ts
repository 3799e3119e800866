import {refuse} from '../../grammar/errors.js';
import {clause, type ValueType} from '../../grammar/grammar.js';
import type {LinkKind} from './kind.js';
import {number, option} from './values.js';

/** Source: uapi linux/if_link.h, IPOIB_MODE_*. */
const modes = ['datagram', 'connected'];

const mode: ValueType<number> = {
  label: `{ ${modes.join(' | ')} }`,
  complete: modes,
  parse(cursor) {
    const index = modes.indexOf(cursor.next());
    // The reference forgets the blank.
    if (index === -1) throw refuse('Error: argument of "mode" must be "datagram"or "connected"', 1);
    return index;
  },
  format: value => [modes[value] ?? ''],
};

/** Options of IP over InfiniBand, in match order. Keys are attribute names. */
const options = clause(() => ({
  pkey: option('pkey', number(0xffff, 'pkey is invalid')),
  mode: option('mode', mode),
  umcast: option('umcast', number(0xffff, 'umcast is invalid')),
}));

/** `type ipoib`. */
export const ipoib = (): LinkKind => ({name: 'ipoib', options, unknown: 'unknown option'});
