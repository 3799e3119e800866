import type {IpAddress} from '../../addr/ip.js';
import {parseAddress} from '../../addr/iproute.js';
import {UsageError} from '../../errors.js';
import {refuse} from '../../grammar/errors.js';
import {choice, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {addressOf, dsfield, type NumberOptions, words} from '../../grammar/values.js';
import {number, presentDevice} from './values.js';

/** What later words of a tunnel undo. */
const moves = {duplicate: 'move'} as const;

/** A device that must be there when its name is read. */
export const lowerDevice = presentDevice(name => refuse(`Cannot find device "${name}"`));

/** An end of the tunnel, whatever the family of the line. `any` is all zero. */
export function endpoint(family: number): ValueType<IpAddress> {
  return {
    label: 'ADDR',
    complete: 'address',
    parse(cursor) {
      const word = cursor.next();
      return addressOf(word === 'any' || word === 'all' ? 'default' : word, family);
    },
    format: value => [value.toString()],
  };
}

/** The addresses of a request: only those that are set. */
export function setAddresses(attributes: SpecBag, local: IpAddress | undefined, remote: IpAddress | undefined): void {
  if (local?.isUnspecified === false) attributes.local = local;
  if (remote?.isUnspecified === false) attributes.remote = remote;
}

/** A number of 32 bits, or one written as an IPv4 address. */
export const tunnelKey: ValueType<number> = {
  label: 'KEY',
  parse(cursor, keyword) {
    const word = cursor.next();
    if (word.includes('.')) {
      const address = parseAddress(word, 2);
      if (address === undefined) throw refuse(`Error: an IP address is expected rather than "${word}"`, 1);
      return address.a >>> 0;
    }
    const value = unsigned(word, 0xffffffff);
    if (value === undefined)
      throw refuse(`invalid value for "${keyword}": "${word}"; it should be an unsigned integer`);
    return value;
  },
  format: value => [String(value)],
};

/** `word`, or what `value` reads. */
export function either<V>(word: string, stands: V, value: ValueType<V>): ValueType<V> {
  return {
    ...value,
    label: `{ ${word} | ${value.label} }`,
    parse(cursor, keyword, env, spec) {
      if (cursor.peek() !== word) return value.parse(cursor, keyword, env, spec);
      cursor.next();
      return stands;
    },
    format: (value_, env) => (value_ === stands ? [word] : value.format(value_, env)),
  };
}

/** Time to live or hop limit; `inherit` is 0. */
export function ttlOf(text: string): ValueType<number> {
  return either('inherit', 0, number(0xff, `${text}\n`));
}

/** `inherit`, or a name or number of rt_dsfield. */
export const tos: ValueType<number> = {
  ...dsfield,
  label: 'TOS',
  parse(cursor, keyword, env, spec) {
    const word = cursor.peek();
    if (word === 'inherit') {
      cursor.next();
      return 1;
    }
    try {
      return dsfield.parse(cursor, keyword, env, spec);
    } catch (error) {
      if (word === undefined || !(error instanceof UsageError)) throw error;
      throw refuse(`Error: argument "${word}" is wrong: bad TOS value`);
    }
  },
};

/** Firewall mark. */
export const fwmark: ValueType<number> = number(0xffffffff, 'invalid fwmark\n');

/** Bits of TUNNEL_ENCAP_FLAG_* by option. Source: uapi linux/if_tunnel.h. */
const encapFlags: Readonly<Record<string, number>> = {encapCsum: 1, encapUdp6Csum: 2, encapRemcsum: 4};

function named(table: Readonly<Record<string, number>>, options: NumberOptions): ValueType<number> {
  return words(table, {...options, label: `{ ${Object.keys(table).join(' | ')} }`});
}

/** A second encapsulation inside UDP. In full only. */
export const encapTerms = () => ({
  noencap: flag('noencap', moves),
  encap: keyword('encap', named({none: 0, fou: 1, gue: 2}, {text: 'Invalid encap type.'}), moves),
  encapSport: keyword('encap-sport', either('auto', 0, number(0xffff, 'Invalid source port.'))),
  encapDport: keyword('encap-dport', number(0xffff, 'Invalid destination port.')),
  encapCsum: choice({'encap-csum': true, 'noencap-csum': false}),
  encapUdp6Csum: choice({'encap-udp6-csum': true, 'noencap-udp6-csum': false}),
  encapRemcsum: choice({'encap-remcsum': true, 'noencap-remcsum': false}),
});

/**
 * IFLA_*_ENCAP_* in the reference's order, from what is and the words.
 * @param flags those of a new device
 */
export function encapData(spec: SpecBag, old: SpecBag, flags: number): SpecBag {
  const attributes: SpecBag = {
    encapType: old.encapType ?? 0,
    encapFlags: old.encapFlags ?? flags,
    // The reference takes kept ports for numbers of the host's order, and turns their bytes around.
    encapSport: spec.encapSport ?? swapped(old.encapSport ?? 0),
    encapDport: spec.encapDport ?? swapped(old.encapDport ?? 0),
  };
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'noencap') attributes.encapType = 0;
    else if (key === 'encap') attributes.encapType = value;
    const bit = encapFlags[key];
    if (bit !== undefined)
      attributes.encapFlags = value === true ? attributes.encapFlags | bit : attributes.encapFlags & ~bit;
  }
  return attributes;
}

function swapped(port: number): number {
  return ((port & 0xff) << 8) | (port >>> 8);
}
