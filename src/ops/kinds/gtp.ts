import {UsageError} from '../../errors.js';
import {wrong} from '../../grammar/errors.js';
import {clause, keyword, type SpecBag, type ValueType, word} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {uint, words} from '../../grammar/values.js';
import type {LinkKind} from './kind.js';
import {once} from './values.js';

/** As wide as the kernel makes the table at most, and how wide by default. */
const MAX_HASHSIZE = 1 << 17;
const DEFAULT_HASHSIZE = 1024;

/** Source: uapi linux/if_link.h, enum ifla_gtp_role. */
const role = words({ggsn: 0, sgsn: 1}, {text: 'invalid role, use sgsn or ggsn'});

const hashsize: ValueType<number> = {
  label: 'HSIZE',
  parse(cursor) {
    const text = cursor.next();
    const value = unsigned(text, 0xffffffff);
    if (value === undefined) throw wrong(text, 'invalid PDP hash size');
    if (value >= MAX_HASHSIZE) throw wrong(text, 'PDP hash size too big');
    return value;
  },
  format: value => [String(value)],
};

/** Decimal alone. */
const restartCount = uint(0xff, {text: 'invalid restart_count', base: 10});

/** The reference passes over words that it does not know. */
const passedOver: ValueType<undefined> = {
  label: '',
  parse(cursor) {
    cursor.next();
    return undefined;
  },
  format: () => [],
  accepts: text => text !== 'help',
};

/** Options of a GTP-U tunnel, in match order. Keys are attribute names. */
const options = clause(() => ({
  role: keyword('role', once('role', 'role', role)),
  pdpHashsize: keyword('hsize', once('pdpHashsize', 'hsize', hashsize)),
  restartCount: keyword('restart_count', once('restartCount', 'restart_count', restartCount)),
  passedOver: word(passedOver),
}));

/** The kernel makes the sockets of a device that `ip` adds. */
function data(spec: SpecBag): SpecBag {
  if (spec.role === undefined) throw new UsageError(1, 'gtp: role of the gtp device was not specified');
  const attributes: SpecBag = {createSockets: 1, ...spec};
  attributes.pdpHashsize ??= DEFAULT_HASHSIZE;
  return attributes;
}

/** `type gtp`. */
export const gtp = (): LinkKind => ({name: 'gtp', options, data});
