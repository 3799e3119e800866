import type {IpAddress} from '../addr/ip.js';
import type {ValueType} from '../grammar/grammar.js';
import {addressOf, device} from '../grammar/values.js';

/** Values that may come once only. */
export const once = {duplicate: 'garbage'} as const;

/** An address of one family. */
export function fixed(family: number): ValueType<IpAddress> {
  return {
    label: 'ADDRESS',
    complete: 'address',
    parse: cursor => addressOf(cursor.next(), family),
    format: value => [value.toString()],
  };
}

/** A device that is looked up at once. */
export const encapDevice: ValueType<string> = {
  ...device,
  parse(cursor, _keyword, env) {
    const name = cursor.next();
    env.encapDevice?.(name);
    return name;
  },
};
