import type {IpAddress} from '../addr/ip.js';
import {parseAddress} from '../addr/iproute.js';
import {begins} from '../grammar/cursor.js';
import {refuse, wrong} from '../grammar/errors.js';
import type {GrammarEnv, ValueType} from '../grammar/grammar.js';
import {signed, unsigned} from '../grammar/numbers.js';
import {isDeviceName, realms, realmsOf, tableName} from '../grammar/values.js';
import {FR_ACT_GOTO, FR_ACT_NOP} from '../rtnetlink/constants.js';
import {ROUTE_TYPES} from '../rtnetlink/words.js';
import {routeTableOf} from './routeTable.js';
import {routeTypeOf} from './routeValues.js';

/** Longest name of a device. Source: uapi linux/if.h, IFNAMSIZ without the NUL. */
const LONGEST_NAME = 15;

/** A command line that is warned about while it is read. */
export interface RuleEnv extends GrammarEnv {
  /** Writes a line to stderr. */
  readonly warn?: (line: string) => void;
}

/** A mark, and which of its bits count: all of them where no mask is given. */
export interface Mark {
  readonly value: number;
  readonly mask: number | undefined;
}

/** `fwmark VALUE[/MASK]`; a mask stays when a later mark has none. */
export const mark: ValueType<Mark> = {
  label: 'FWMARK[/MASK]',
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    const slash = word.indexOf('/');
    const first = slash < 0 ? word : word.slice(0, slash);
    const value = unsigned(first, 0xffffffff);
    if (value === undefined) throw wrong(first, 'fwmark value is invalid\n');
    if (slash < 0) return {value, mask: (spec.fwmark as Mark | undefined)?.mask};
    const last = word.slice(slash + 1);
    const mask = unsigned(last, 0xffffffff);
    if (mask === undefined) throw wrong(last, 'fwmask value is invalid\n');
    return {value, mask};
  },
  format: ({value, mask}) => [mask === undefined ? String(value) : `${value}/${mask}`],
};

/** First and last of some numbers. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
  /** Bits that count, of one number. */
  readonly mask?: number;
}

const MAX_LONG = (1n << 64n) - 1n;

/** A decimal number as scanf(3) stores it in so many bits: the lowest of 64, which are all set where it needs more. */
function stored(digits: string, bits: number): number {
  const number = BigInt(digits);
  const isWider = number > MAX_LONG || -number > MAX_LONG;
  return Number(BigInt.asUintN(bits, isWider ? MAX_LONG : number));
}

/** `uidrange FIRST-LAST`; what follows the digits is not looked at. */
export const uidRange: ValueType<NumberRange> = {
  label: 'NUMBER-NUMBER',
  parse(cursor) {
    const word = cursor.next();
    const found = /^\s*([+-]?\d+)-\s*([+-]?\d+)/.exec(word);
    if (found === null) throw wrong(word, 'invalid UID range\n');
    return {start: stored(found[1] as string, 32), end: stored(found[2] as string, 32)};
  },
  format: ({start, end}) => [`${start}-${end}`],
};

/** `VALUE[/MASK]` with numbers of so many bits; undefined when it is none. */
function masked(word: string, max: number): Mark | undefined {
  const slash = word.indexOf('/');
  const value = unsigned(slash < 0 ? word : word.slice(0, slash), max);
  const mask = slash < 0 ? undefined : unsigned(word.slice(slash + 1), max);
  return value === undefined || (slash >= 0 && mask === undefined) ? undefined : {value, mask};
}

/** Largest port, largest code point, largest flow label. */
const MAX_PORT = 0xffff;
const MAX_DSCP = 63;
const MAX_FLOW_LABEL = 0xfffff;
/** Bits of the field of a code point that are not its own. */
const ECN_BITS = 2;

/** Differentiated services code point by name or number. Newer than iproute2 6.1. */
export const dscp: ValueType<Mark> = {
  label: 'DSCP[/MASK]',
  complete: 'dsfield',
  parse(cursor, keyword, env) {
    const word = cursor.next();
    const named = env.names.dsfield.toNumber(word);
    const found = named === undefined ? masked(word, MAX_DSCP) : {value: named >> ECN_BITS, mask: undefined};
    if (found === undefined) throw wrong(word, `invalid ${keyword} value\n`);
    return found;
  },
  format: mark.format,
};

/** Flow label of IPv6. Newer than iproute2 6.1. */
export const flowLabel: ValueType<Mark> = {
  label: 'FLOWLABEL[/MASK]',
  parse(cursor, keyword) {
    const word = cursor.next();
    const found = masked(word, MAX_FLOW_LABEL);
    if (found === undefined) throw wrong(word, `invalid ${keyword} value\n`);
    return {value: found.value, mask: found.mask ?? MAX_FLOW_LABEL};
  },
  format: mark.format,
};

/** `PORT`, `PORT/MASK` or `FIRST-LAST`; what follows decimal digits is not looked at. */
export function portRange(name: string): ValueType<NumberRange> {
  return {
    label: '[ NUMBER | NUMBER-NUMBER ]',
    parse(cursor) {
      const word = cursor.next();
      // A mask is newer than iproute2 6.1.
      const one = masked(word, MAX_PORT);
      if (one?.mask !== undefined) return {start: one.value, end: one.value, mask: one.mask};
      const found = /^\s*([+-]?\d+)(?:-\s*([+-]?\d+))?/.exec(word);
      if (found === null) throw wrong(word, `invalid ${name} range\n`);
      const start = stored(found[1] as string, 16);
      return {start, end: found[2] === undefined ? start : stored(found[2], 16)};
    },
    format: ({start, end, mask}) => [
      start !== end ? `${start}-${end}` : mask === undefined ? String(start) : `${start}/${mask}`,
    ],
  };
}

/** Name of a device that need not exist. @param names the keyword's spellings, for the message */
export function anyDevice(names: string): ValueType<string> {
  return {
    label: 'STRING',
    complete: 'device',
    parse(cursor) {
      const word = cursor.next();
      if (!isDeviceName(word) || word.length > LONGEST_NAME) throw wrong(word, `${names} not a valid ifname`);
      return word;
    },
    format: value => [value],
  };
}

/** Table to look up. The kernel listens to a number over 255 even if a smaller one follows. */
export const ruleTable: ValueType<number> = {
  ...tableShape('invalid table ID\n'),
  parse(cursor, keyword, env, spec) {
    const value = tableShape('invalid table ID\n').parse(cursor, keyword, env, spec);
    const earlier: number | undefined = spec.table;
    return earlier !== undefined && earlier > 255 && value < 256 ? earlier : value;
  },
};

/** Table of a selector. */
export const tableSelector: ValueType<number> = tableShape('table id value is invalid\n');

function tableShape(complaint: string): ValueType<number> {
  return {
    label: 'TABLE_ID',
    complete: 'table',
    parse(cursor, _keyword, env) {
      const word = cursor.next();
      const value = routeTableOf(word, env);
      if (value === undefined) throw wrong(word, complaint);
      return value;
    },
    format: (value, env) => tableName.format(value, env),
  };
}

/** `realms [FROM/]TO`. */
export const ruleRealms: ValueType<number> = {
  label: '[SRCREALM/]DSTREALM',
  complete: 'realm',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    const value = realmsOf(word, env);
    if (value === undefined) throw wrong(word, 'invalid realms\n');
    return value;
  },
  format: (value, env) => realms.format(value, env),
};

/** Group of devices that the rule does not lead to. */
export const suppressGroup: ValueType<number> = {
  label: 'DEVGROUP',
  complete: 'group',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    // The reference cuts what is beyond 32 bits.
    const value = env.names.group.toNumber(word) ?? (signed(word, 0, Number.MAX_SAFE_INTEGER) ?? -1) | 0;
    if (value < 0) throw wrong(word, 'Invalid "suppress_ifgroup" value\n');
    return value;
  },
  format: (value, env) => [env.names.group.toText(value)],
};

/** `nat ADDRESS`, which kernels no longer do anything for. */
export const natAddress: ValueType<IpAddress> = {
  label: 'ADDRESS',
  complete: 'address',
  parse(cursor, _keyword, env: RuleEnv) {
    const word = cursor.next();
    env.warn?.('Warning: route NAT is deprecated');
    const found = parseAddress(word === 'any' || word === 'all' ? 'default' : word, 2);
    if (found === undefined) throw refuse(`Error: an IP address is expected rather than "${word}"`, 1);
    return found;
  },
  format: value => [value.toString()],
};

/** What a rule does; the target belongs to `goto`, and stays when another action follows. */
export interface RuleAction {
  readonly action: number;
  readonly target: number | undefined;
}

/** `goto NUMBER`, `nop`, or a route type by name or number. */
export const ruleAction: ValueType<RuleAction> = {
  label: '{ goto NUMBER | nop | TYPE }',
  complete: ['nop', 'blackhole', 'unreachable', 'prohibit', 'unicast'],
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    const target = (spec.action as RuleAction | undefined)?.target;
    // The last of `nat` and an action is what is done: the key moves behind.
    delete spec.action;
    if (begins(word, 'goto')) return {action: FR_ACT_GOTO, target: targetOf(cursor.next())};
    if (begins(word, 'nop')) return {action: FR_ACT_NOP, target};
    const action = routeTypeOf(word) ?? unsigned(word, 255);
    if (action === undefined) throw wrong(word, 'Failed to parse rule type');
    return {action, target};
  },
  format({action, target}) {
    const jump = target === undefined ? [] : ['goto', String(target)];
    if (action === FR_ACT_GOTO && target !== undefined) return jump;
    return [...jump, action === FR_ACT_NOP ? 'nop' : (ROUTE_TYPES[action] ?? String(action))];
  },
};

function targetOf(word: string): number {
  const value = unsigned(word, 0xffffffff);
  if (value === undefined) throw wrong(word, 'invalid target\n');
  return value;
}
