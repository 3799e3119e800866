import type {IpAddress} from '../../addr/ip.js';
import {garbage, refuse} from '../../grammar/errors.js';
import {flag, type Term, type ValueType, type WordOptions} from '../../grammar/grammar.js';
import {address, words} from '../../grammar/values.js';
import {number} from './values.js';

function isMulticast(ip: IpAddress): boolean {
  return ip.family === 2 ? ip.a >>> 28 === 14 : ip.a >>> 24 === 255;
}

/** An address of the right sort: a group is multicast, the others are not. */
export function tunnelAddress(isGroup: boolean, name: string): ValueType<IpAddress> {
  return {
    ...address,
    parse(cursor, keyword, env, spec) {
      const word = cursor.peek() ?? '';
      const wrong = () => refuse(`Error: argument "${word}" is wrong: invalid ${name} address`);
      if (word === 'any' || word === 'default' || word === 'all') throw wrong();
      const found = address.parse(cursor, keyword, env, spec);
      if (isMulticast(found) !== isGroup) throw wrong();
      return found;
    },
  };
}

/** `inherit`, `auto` or 0 to 255. */
export const autoTtl: ValueType<number | 'inherit'> = {
  label: 'TTL',
  parse(cursor, keyword, env, spec) {
    const word = cursor.peek();
    if (word === 'inherit' || word === 'auto') {
      cursor.next();
      return word === 'inherit' ? word : 0;
    }
    const value = number(0xffffffff, 'invalid TTL').parse(cursor, keyword, env, spec);
    if (value > 255) throw refuse(`Error: argument "${word}" is wrong: TTL must be <= 255`);
    return value;
  },
  format: value => [String(value)],
};

/** The bit that forbids fragments. Source: uapi linux/if_link.h, enum ifla_vxlan_df, ifla_geneve_df. */
export const df: ValueType<number> = words(
  {unset: 0, set: 1, inherit: 2},
  {text: "DF must be 'unset', 'set' or 'inherit'"},
);

/** A word that may stand only once. */
export function single(word: string, options: WordOptions = {}): Term<true> {
  return flag(word, {...options, duplicate: () => garbage(word, word)});
}
