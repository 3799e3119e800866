import {encodeText} from '../addr/text.js';
import {begins} from '../grammar/cursor.js';
import {incomplete, refuse, wrong} from '../grammar/errors.js';
import type {ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {lladdr as anyLladdr, int, isLinkName, lladdrOf, type NumberOptions, text, uint} from '../grammar/values.js';
import {etherTypeName, etherType as etherTypeOf} from '../names/etherTypes.js';
import {programRefusal} from './bpfProgram.js';
import type {MasterEnv} from './master.js';

/** Bytes of a device's name with its NUL. Source: uapi linux/if.h, IFNAMSIZ. */
const IFNAMSIZ = 16;
/** The same of an alias. Source: uapi linux/if.h, IFALIASZ. */
const IFALIASZ = 256;

/** `Invalid "mtu" value`, and the empty line behind it. */
const usual: NumberOptions = {text: keyword => `Invalid "${keyword}" value\n`};

/** Signed 32-bit number with the wording of `ip link`. */
export const s32: ValueType<number> = int(-0x80000000, 0x7fffffff, usual);
/** Unsigned 32-bit number with the wording of `ip link`. */
export const u32: ValueType<number> = uint(0xffffffff, usual);

/** Interface index that is to be: above 0. As atoi(3), the reference looks at the digits in front only. */
export const newIndex: ValueType<number> = {
  label: 'IDX',
  parse(cursor) {
    const word = cursor.next();
    const digits = /^\s*([+-]?\d+)/.exec(word)?.[1] ?? '0';
    const value = Number(BigInt.asIntN(32, BigInt(digits.replace('+', ''))));
    if (value <= 0) throw refuse(`Error: argument "${word}" is wrong: Invalid "index" value`);
    return value;
  },
  format: value => [String(value)],
};

/** What `ip` shows below the name of a device. */
export const alias: ValueType<string> = {
  ...text('NAME'),
  parse(cursor) {
    const word = cursor.next();
    if (encodeText(word).length >= IFALIASZ) throw wrong(word, 'alias too long\n');
    return word;
  },
};

/** A flag of the device. */
export const onOff: ValueType<boolean> = {
  label: '{ on | off }',
  complete: ['on', 'off'],
  parse(cursor, keyword) {
    const word = cursor.next();
    if (word !== 'on' && word !== 'off') {
      throw refuse(`Error: argument of "${keyword}" must be "on" or "off", not "${word}"`, 1);
    }
    return word === 'on';
  },
  format: value => [value ? 'on' : 'off'],
};

/**
 * One of some words by any beginning; its place among them.
 * @param status of the refusal: 22 where the reference hands the errno on
 */
export function wordOf(all: readonly string[], status: number, ends?: boolean): ValueType<number> {
  return {
    label: `{ ${all.join(' | ')} }`,
    complete: all,
    parse(cursor, keyword) {
      const word = cursor.next();
      const value = all.findIndex(one => begins(word, one));
      if (value !== -1) return value;
      const list = all.map(one => `"${one}"`).join(', ');
      throw refuse(`Error: argument of "${keyword}" must be one of ${list}, not "${word}"`, status, ends);
    },
    format: value => [all[value] ?? ''],
  };
}

/** The newer parser of on and off, with its other text. @param status of the refusal */
export function offOn(status: number, ends?: boolean): ValueType<number> {
  return wordOf(['off', 'on'], status, ends);
}

/** A link-layer address of any length; refused with the status of `ip link`. */
export const lladdr: ValueType<Uint8Array> = {
  ...anyLladdr,
  parse: cursor => lladdrOf(cursor.next(), undefined, 1),
};

function nameOf(word: string, keyword: string, room: number): string {
  if (!isLinkName(word) || encodeText(word).length >= room) {
    throw refuse(`Error: argument "${word}" is wrong: "${keyword}" not a valid ifname`);
  }
  return word;
}

/** Name that a device is to have. */
export const newName: ValueType<string> = {
  label: 'NAME',
  parse: (cursor, keyword) => nameOf(cursor.next(), keyword, IFNAMSIZ),
  format: value => [value],
};

/** A device by name or alternative name; with `add`, the name of the new one, whose length the kernel checks. */
export const anyName: ValueType<string> = {
  label: 'DEVICE',
  complete: 'device',
  parse: cursor => nameOf(cursor.next(), 'dev', Number.POSITIVE_INFINITY),
  format: value => [value],
};

/** Alternative name that a device is to have or to lose; the kernel checks its length. */
export const altname: ValueType<string> = {
  label: 'NAME',
  parse(cursor) {
    const word = cursor.next();
    if (!isLinkName(word)) throw refuse(`Error: argument "${word}" is wrong: not a valid altname`);
    return word;
  },
  format: value => [value],
};

function caseless<const V>(table: Readonly<Record<string, V>>, text: string): ValueType<V> {
  const all = Object.keys(table);
  return {
    label: `{ ${all.join(' | ')} }`,
    complete: all,
    parse(cursor) {
      const word = cursor.next();
      const lower = word.toLowerCase();
      if (!Object.hasOwn(table, lower)) throw wrong(word, text);
      return table[lower] as V;
    },
    format: value => [all.find(word => table[word] === value) ?? String(value)],
  };
}

/** Link mode. Source: uapi linux/if.h, IF_LINK_MODE_*. */
export const linkMode: ValueType<number> = caseless({default: 0, dormant: 1}, 'Invalid link mode\n');

/** Operational state. Source: uapi linux/if.h, IF_OPER_*; RFC 2863. */
export const operState: ValueType<number> = caseless(
  {unknown: 0, notpresent: 1, down: 2, lowerlayerdown: 3, testing: 4, dormant: 5, up: 6},
  'Invalid operstate\n',
);

/** How IPv6 makes interface identifiers. Source: uapi linux/if_link.h, IN6_ADDR_GEN_MODE_*. */
export const addrGenMode: ValueType<number> = caseless(
  {eui64: 0, none: 1, stable_secret: 2, random: 3},
  'Invalid address generation mode\n',
);

/** EtherType by name or number. @param text of the refusal */
export function etherType(text: string, complete: readonly string[]): ValueType<number> {
  return {
    label: 'PROTOCOL',
    complete,
    parse(cursor) {
      const word = cursor.next();
      const value = etherTypeOf(word);
      if (value === undefined) throw wrong(word, text);
      return value;
    },
    format: value => [etherTypeName(value) ?? String(value)],
  };
}

/** EtherType of a VLAN tag. */
export function vlanProtocol(text: string): ValueType<number> {
  const usual = ['802.1Q', '802.1ad'];
  return {...etherType(text, usual), label: `{ ${usual.join(' | ')} }`};
}

/** A reason that keeps the device down, and whether it is to hold. */
export interface Reason {
  readonly bit: number;
  readonly on: boolean;
}

/** `PREASON { on | off }`; reasons are bit numbers. */
export const protoDownReason: ValueType<Reason> = {
  label: 'PREASON { on | off }',
  parse(cursor, keyword, env, spec) {
    const word = cursor.next();
    const bit = unsigned(word, 31);
    if (bit === undefined) throw wrong(word, 'invalid protodown reason\n');
    // Beginnings of `off` are enough here.
    const next = cursor.peek();
    if (next === 'o' || next === 'of') cursor.next();
    return {bit, on: next === 'o' || next === 'of' ? false : onOff.parse(cursor, keyword, env, spec)};
  },
  format: ({bit, on}) => [String(bit), on ? 'on' : 'off'],
};

/** A command line whose names are looked up while it is read, so that its first mistake is the one told. */
export interface LinkEnv extends MasterEnv {
  /** Throws where there is no such namespace to move to. */
  readonly checkNetns?: (name: string) => void;
  /** The same for the namespace of the lower device. */
  readonly checkLinkNetns?: (name: string) => void;
  /** Throws where a link-layer address has not the length of the device's. */
  readonly checkAddress?: (dev: string, address: Uint8Array) => void;
  readonly hasDevice?: (name: string) => boolean;
  /** Rates of a virtual function; undefined where there is none. Throws where there is no such device. */
  readonly vfRates?: (dev: string, vf: number) => VfRates | undefined;
}

/** In Mb/s; 0 is no limit. */
export interface VfRates {
  readonly minTxRate: number;
  readonly maxTxRate: number;
}

/**
 * Program of an XDP hook: only `off` as the last word of the line, since objects need a loader for ELF files.
 * @param isOffload the device must stand before it
 */
export function xdpOff(isOffload: boolean): ValueType<'off'> {
  return {
    label: 'off',
    complete: ['off'],
    parse(cursor, _keyword, env: LinkEnv, spec) {
      const word = cursor.next();
      if (isOffload && (spec.dev === undefined || env.hasDevice?.(spec.dev) === false)) throw incomplete();
      if ((word === 'off' || word === 'none') && cursor.done) return 'off';
      throw programRefusal(word, cursor);
    },
    format: value => [value],
  };
}
