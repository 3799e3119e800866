import type {IpAddress} from '../addr/ip.js';
import {OpaqueAddress} from '../addr/opaque.js';
import type {UsageError} from '../errors.js';
import {refuse, wrong} from '../grammar/errors.js';
import type {Cursor, ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf} from '../grammar/values.js';

const AF_INET6 = 10;

const ioam6Modes = {inline: 1, encap: 2, auto: 3};
/** Modes of `encap ioam6` by number. Source: uapi linux/ioam6_iptunnel.h, IOAM6_IPTUNNEL_MODE_*. */
export const ioam6ModeNames: readonly (string | undefined)[] = [undefined, ...Object.keys(ioam6Modes)];

/** Most a trace may have, and what its size must be a multiple of, in bytes. Source: uapi linux/ioam6.h. */
const MAX_TRACE = 244;
const TRACE_UNIT = 4;
/** Source: uapi linux/ioam6_iptunnel.h, IOAM6_IPTUNNEL_FREQ_MAX. */
const MAX_FREQUENCY = 1_000_000;

function frequencyOf(word: string): readonly [k: number, n: number] {
  const parts = word.split('/').map(part => unsigned(part, 0xffffffff));
  const [k, n] = parts;
  if (k === undefined || n === undefined || parts.length > 2) throw wrong(word, 'Invalid frequency (malformed)');
  if (k === 0 || k > MAX_FREQUENCY) throw wrong(word, 'Out of bound "k" frequency');
  if (n === 0 || n > MAX_FREQUENCY) throw wrong(word, 'Out of bound "n" frequency');
  if (k > n) throw wrong(word, 'Frequency with k > n is forbidden');
  return [k, n];
}

function required(word: string): UsageError {
  return refuse(`Error: argument "${word}" is required`);
}

function ioam6Value(cursor: Cursor, name: string, read: (word: string) => number | undefined, text: string): number {
  if (cursor.peek() !== name) throw required(name);
  cursor.next();
  const word = cursor.next();
  const value = read(word);
  if (value === undefined) throw wrong(word, text);
  return value;
}

function traceSize(word: string): number {
  const size = unsigned(word, 0x7fffffff);
  if (!size) throw wrong(word, 'Invalid trace size');
  if (size % TRACE_UNIT !== 0) throw wrong(word, 'Trace size must be a 4-octet multiple');
  if (size > MAX_TRACE) throw wrong(word, 'Trace size is too big');
  return size;
}

/** Positional: `[freq K/N] [mode M] [tunsrc A] [tundst A] trace prealloc type T ns N size S`. */
export const ioam6: ValueType<object> = {
  label: 'IOAM6HDR',
  parse(cursor) {
    const spec: Record<string, unknown> = {};
    if (cursor.peek() === 'freq') {
      cursor.next();
      spec.freq = frequencyOf(cursor.next());
    }
    let mode = ioam6Modes.inline;
    if (cursor.peek() === 'mode') {
      cursor.next();
      const word = cursor.next();
      if (!Object.hasOwn(ioam6Modes, word)) throw wrong(word, 'Invalid mode');
      mode = ioam6Modes[word as keyof typeof ioam6Modes];
      spec.mode = mode;
    }
    const end = (name: 'tunsrc' | 'tundst'): void => {
      if (mode === ioam6Modes.inline) throw wrong(name, `Inline mode does not need ${name}`);
      const word = cursor.next();
      const address = addressOf(word, AF_INET6);
      if (address instanceof OpaqueAddress) throw wrong(word, `Invalid IPv6 address for ${name}`);
      spec[name] = address;
    };
    // Newer than iproute2 6.1.
    if (cursor.peek() === 'tunsrc' && mode !== ioam6Modes.inline) {
      cursor.next();
      end('tunsrc');
    }
    const first = cursor.next();
    if (first === 'tundst') end('tundst');
    else if (mode !== ioam6Modes.inline) throw required('tundst');
    if ((first === 'tundst' ? cursor.next() : first) !== 'trace') throw required('trace');
    if (cursor.next() !== 'prealloc') throw required('prealloc');
    spec.type = ioam6Value(cursor, 'type', word => unsigned(word, 0xffffffff) || undefined, 'Invalid trace type');
    spec.ns = ioam6Value(cursor, 'ns', word => unsigned(word, 0xffff), 'Invalid namespace ID');
    spec.size = ioam6Value(cursor, 'size', traceSize, '');
    return spec;
  },
  format(value) {
    const {freq, mode, tunsrc, tundst, type, ns, size} = value as {
      freq?: number[];
      mode?: number;
      tunsrc?: IpAddress;
      tundst?: IpAddress;
      type: number;
      ns: number;
      size: number;
    };
    return [
      ...(freq === undefined ? [] : ['freq', freq.join('/')]),
      ...(mode === undefined ? [] : ['mode', ioam6ModeNames[mode] as string]),
      ...(tunsrc === undefined ? [] : ['tunsrc', tunsrc.toString()]),
      ...(tundst === undefined ? [] : ['tundst', tundst.toString()]),
      ...['trace', 'prealloc', 'type', `0x${type.toString(16)}`, 'ns', String(ns), 'size', String(size)],
    ];
  },
};
