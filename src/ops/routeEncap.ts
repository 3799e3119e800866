import {IpAddress} from '../addr/ip.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {UsageError} from '../errors.js';
import {incomplete, invalid, MISUSE, refuse, usageError, wrong} from '../grammar/errors.js';
import {
  type Clause,
  type Cursor,
  clause,
  flag,
  formatClause,
  keyword,
  type Parsed,
  parseClause,
  type Terms,
  type ValueType,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf, device, dsfield, labelsOf, text, u8, u32, uint64, words} from '../grammar/values.js';
import {programRefusal} from './bpfProgram.js';
import {routeTableOf} from './routeTable.js';

const AF_INET = 2;
const AF_INET6 = 10;
/** Values that may come once only. */
const once = {duplicate: 'garbage'} as const;

/** `encap TYPE ...` as words: the type and the options of its own clause. */
export interface EncapSpec {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the type tells the clause
  readonly options: any;
}

function fixed(family: number): ValueType<IpAddress> {
  return {
    label: 'ADDRESS',
    complete: 'address',
    parse: cursor => addressOf(cursor.next(), family),
    format: value => [value.toString()],
  };
}

const flags = {key: flag('key', once), csum: flag('csum', once), seq: flag('seq', once)};

const ipClause = (): Clause<Terms> =>
  clause({
    id: keyword('id', uint64(), once),
    dst: keyword('dst', fixed(AF_INET), once),
    src: keyword('src', fixed(AF_INET), once),
    tos: keyword('tos', dsfield, once),
    ttl: keyword('ttl', u8, once),
    ...flags,
  });

const ip6Clause = (): Clause<Terms> =>
  clause({
    id: keyword('id', uint64(), once),
    dst: keyword('dst', fixed(AF_INET6), once),
    src: keyword('src', fixed(AF_INET6), once),
    tc: keyword('tc', {...dsfield, label: 'TC', parse: byNameOrNumber}, once),
    hoplimit: keyword('hoplimit', u8, once),
    ...flags,
  });

/** As dsfield, with the keyword in the message. */
const byNameOrNumber: ValueType<number>['parse'] = (cursor, name, env) => {
  const word = cursor.next();
  const value = env.names.dsfield.toNumber(word) ?? unsigned(word, 255, 16);
  if (value === undefined) throw invalid(word, name);
  return value;
};

/** `fd00::1,fd00::2`; an empty one is `::`. */
const segments: ValueType<readonly IpAddress[]> = {
  label: 'ADDR1,ADDRi,ADDRn',
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    if (spec.wantsMode === true && spec.mode === undefined) throw wrong(word, '"segs" provided before "mode"\n');
    return word.split(',').map(one => {
      const address = one === '' ? undefined : addressOf(one, AF_INET6);
      return address === undefined || address instanceof OpaqueAddress ? IpAddress.inet6(0, 0, 0, 0) : address;
    });
  },
  format: value => [value.map(String).join(',')],
};

/** Numbers that the reference takes for 0 where they are none. */
const loose: ValueType<number> = {
  label: 'KEYID',
  parse: cursor => unsigned(cursor.next(), 0xffffffff) ?? 0,
  format: value => [String(value)],
};

const seg6Modes = {inline: 0, encap: 1, l2encap: 2, 'encap.red': 3, 'l2encap.red': 4};
/** Modes of `encap seg6` by number. Source: uapi linux/seg6_iptunnel.h, SEG6_IPTUN_MODE_*. */
export const seg6ModeNames: readonly string[] = Object.keys(seg6Modes);

const seg6Clause = (): Clause<Terms> =>
  clause({
    mode: keyword('mode', words(seg6Modes), once),
    segs: keyword(
      'segs',
      {
        ...segments,
        parse: (cursor, name, env, spec) => segments.parse(cursor, name, env, {...spec, wantsMode: true}),
      },
      once,
    ),
    hmac: keyword('hmac', loose, once),
  });

/** Actions of `encap seg6local` by number. Source: uapi linux/seg6_local.h, SEG6_LOCAL_ACTION_*. */
export const seg6Actions: readonly (string | undefined)[] = [
  undefined,
  'End',
  'End.X',
  'End.T',
  'End.DX2',
  'End.DX6',
  'End.DX4',
  'End.DT6',
  'End.DT4',
  'End.B6',
  'End.B6.Encaps',
  'End.BM',
  'End.S',
  'End.AS',
  'End.AM',
  'End.BPF',
  'End.DT46',
];

const action: ValueType<number> = {
  label: 'ACTION',
  complete: seg6Actions.filter(name => name !== undefined),
  parse(cursor, name) {
    const word = cursor.next();
    const value = seg6Actions.indexOf(word);
    if (value < 1) throw invalid(word, name);
    return value;
  },
  format: value => [seg6Actions[value] ?? String(value)],
};

/** A table, with its own message. */
function tableAs(what: string): ValueType<number> {
  return {
    label: 'TABLE_ID',
    complete: 'table',
    parse(cursor, _keyword, env) {
      const word = cursor.next();
      const value = routeTableOf(word, env);
      if (value === undefined) throw wrong(word, `invalid ${what}\n`);
      return value;
    },
    format: (value, env) => [env.names.table.toText(value)],
  };
}

/** Behaviours of `flavors`. Source: uapi linux/seg6_local.h, SEG6_LOCAL_FLV_OP_*. */
export const flavorNames: readonly (string | undefined)[] = [undefined, 'psp', 'usp', 'usd', 'next-csid'];

/** `flavors psp,usd`: a bit for each. */
/** What an action does besides: bits by number, and the lengths that `next-csid` may have, in bits. */
export interface Flavors {
  readonly bits: number;
  readonly lblen?: number;
  readonly nflen?: number;
}

const NEXT_CSID = 'next-csid';

const flavors: ValueType<Flavors> = {
  label: 'FLAVOR[,FLAVOR] [ lblen NUMBER ] [ nflen NUMBER ]',
  complete: flavorNames.filter(name => name !== undefined),
  parse(cursor, _keyword, env, spec) {
    const word = cursor.next();
    let bits = 0;
    for (const one of word === '' ? [word] : word.split(',').filter(name => name !== '')) {
      const bit = flavorNames.indexOf(one);
      if (bit < 1 || (bits & (1 << bit)) !== 0) throw wrong(word, 'invalid "flavors" attribute\n');
      bits |= 1 << bit;
    }
    const length = (keyword: string, name: string): number | undefined => {
      if (cursor.peek() !== keyword || (bits & (1 << flavorNames.indexOf(NEXT_CSID))) === 0) return undefined;
      cursor.next();
      return u8.parse(cursor, name, env, spec);
    };
    const lblen = length('lblen', 'locator-block length');
    const nflen = length('nflen', 'locator-node function length');
    return {bits, ...(lblen !== undefined && {lblen}), ...(nflen !== undefined && {nflen})};
  },
  format: ({bits, lblen, nflen}) => [
    flavorNames.filter((_, bit) => (bits >> bit) & 1).join(',') || ',',
    ...(lblen === undefined ? [] : ['lblen', String(lblen)]),
    ...(nflen === undefined ? [] : ['nflen', String(nflen)]),
  ],
};

/** `srh segs A,B [hmac KEY]`. */
interface SrhSpec {
  readonly segs: readonly IpAddress[];
  readonly hmac?: number;
}

const srh: ValueType<SrhSpec> = {
  label: 'segs ADDR1,ADDRi,ADDRn [ hmac KEYID ]',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    if (word !== 'segs') throw wrong(word, 'missing "segs" attribute for srh\n');
    const segs = segments.parse(cursor, 'segs', env, {});
    if (cursor.peek() !== 'hmac') return {segs};
    cursor.position++;
    return {segs, hmac: loose.parse(cursor, 'hmac', env, {})};
  },
  format: (value, env) => [
    'segs',
    ...segments.format(value.segs, env),
    ...(value.hmac === undefined ? [] : ['hmac', String(value.hmac)]),
  ],
};

/** A device that is looked up at once. */
const encapDevice: ValueType<string> = {
  ...device,
  parse(cursor, _keyword, env) {
    const name = cursor.next();
    env.encapDevice?.(name);
    return name;
  },
};

const seg6localClause = (): Clause<Terms> =>
  clause(
    {
      action: keyword('action', action, once),
      table: keyword('table', tableAs('table id'), once),
      vrftable: keyword('vrftable', tableAs('vrf table id'), once),
      nh4: keyword('nh4', fixed(AF_INET), once),
      nh6: keyword('nh6', fixed(AF_INET6), once),
      iif: keyword('iif', encapDevice, once),
      oif: keyword('oif', encapDevice, once),
      count: flag('count', once),
      srh: keyword('srh', srh, once),
      endpoint: keyword('endpoint', text('PROGNAME', 'file'), once),
      flavors: keyword('flavors', flavors, once),
    },
    {
      finish(spec) {
        if (spec.action === undefined) throw refuse('Missing action type');
      },
    },
  );

const labels: ValueType<readonly number[]> = {
  label: 'LABEL[/LABEL]',
  parse: cursor => labelsOf(cursor.next()),
  format: value => [value.map(label => String(label >>> 12)).join('/')],
};

const mplsClause = (): Clause<Terms> => clause({ttl: keyword('ttl', u8, once)});

const ilaClause = (): Clause<Terms> =>
  clause({
    csumMode: keyword(
      'csum-mode',
      words({'adj-transport': 0, 'neutral-map': 1, 'no-action': 2, 'neutral-map-auto': 3}),
    ),
    identType: keyword('ident-type', words({luid: 1, 'use-format': 255})),
    hookType: keyword('hook-type', words({output: 0, input: 1})),
  });

/** `0:0:0:1` as a 64-bit number. */
const locator: ValueType<bigint> = {
  label: 'LOCATOR',
  parse(cursor) {
    const word = cursor.next();
    const parts = word.split(':');
    let value = 0n;
    for (const part of parts) {
      if (!/^[0-9a-f]{1,4}$/i.test(part) || parts.length > 4) throw refuse(`Bad locator: ${word}`, 1);
      value = (value << 16n) | BigInt(`0x${part}`);
    }
    return value << BigInt(16 * (4 - parts.length));
  },
  format: value => [[48n, 32n, 16n, 0n].map(shift => ((value >> shift) & 0xffffn).toString(16)).join(':')],
};

const xfrmClause = (): Clause<Terms> =>
  clause(
    {
      ifId: keyword('if_id', nonZero, once),
      link: keyword('link_dev', encapDevice, once),
    },
    {
      finish(spec, cursor) {
        if (spec.ifId === undefined) {
          throw usageError(['Usage: ip route ... encap xfrm if_id IF_ID [ link_dev LINK ]']);
        }
        // The reference loses all words that follow.
        cursor.rest();
      },
    },
  );

const nonZero: ValueType<number> = {
  label: 'IF_ID',
  parse(cursor, name) {
    const word = cursor.next();
    const value = unsigned(word, 0xffffffff);
    if (value === undefined || value === 0) throw invalid(word, name);
    return value;
  },
  format: value => [String(value)],
};

const rplClause = (): Clause<Terms> => clause({segs: keyword('segs', segments, once)});

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

/** Positional: `[freq K/N] [mode M] [tundst A] trace prealloc type T ns N size S`. */
const ioam6: ValueType<object> = {
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
    const first = cursor.next();
    if (first === 'tundst') {
      if (mode === ioam6Modes.inline) throw wrong('tundst', 'Inline mode does not need tundst');
      const word = cursor.next();
      const tundst = addressOf(word, AF_INET6);
      if (tundst instanceof OpaqueAddress) throw wrong(word, 'Invalid IPv6 address for tundst');
      spec.tundst = tundst;
    } else if (mode !== ioam6Modes.inline) throw required('tundst');
    if ((first === 'tundst' ? cursor.next() : first) !== 'trace') throw required('trace');
    if (cursor.next() !== 'prealloc') throw required('prealloc');
    spec.type = ioam6Value(cursor, 'type', word => unsigned(word, 0xffffffff) || undefined, 'Invalid trace type');
    spec.ns = ioam6Value(cursor, 'ns', word => unsigned(word, 0xffff), 'Invalid namespace ID');
    spec.size = ioam6Value(cursor, 'size', traceSize, '');
    return spec;
  },
  format(value) {
    const {freq, mode, tundst, type, ns, size} = value as {
      freq?: number[];
      mode?: number;
      tundst?: IpAddress;
      type: number;
      ns: number;
      size: number;
    };
    return [
      ...(freq === undefined ? [] : ['freq', freq.join('/')]),
      ...(mode === undefined ? [] : ['mode', ioam6ModeNames[mode] as string]),
      ...(tundst === undefined ? [] : ['tundst', tundst.toString()]),
      ...['trace', 'prealloc', 'type', `0x${type.toString(16)}`, 'ns', String(ns), 'size', String(size)],
    ];
  },
};

const bpfProgram: ValueType<string> = {
  label: 'PROG',
  parse(cursor) {
    const {lines} = programRefusal(cursor.next(), cursor);
    throw new UsageError(MISUSE, [...lines, 'Failed to parse eBPF program: Operation not permitted']);
  },
  format: value => [value],
};

/** Bytes before the packet; the kernel knows how many are too many. */
const headroom: ValueType<number> = {
  ...u32,
  parse(cursor) {
    const word = cursor.next();
    const value = unsigned(word, 0xffffffff);
    if (!value) throw wrong(word, 'headroom is invalid\n');
    return value;
  },
};

const bpfClause = (): Clause<Terms> =>
  clause({
    in: keyword('in', bpfProgram),
    out: keyword('out', bpfProgram),
    xmit: keyword('xmit', bpfProgram),
    xmitHeadroom: keyword('headroom', headroom),
  });

/** What stands behind one `encap TYPE`: a value, options of a clause, or the one before the other. */
export interface EncapType extends ValueType<object> {
  readonly head?: ValueType<unknown>;
  readonly inner?: () => Clause<Terms>;
}

/** A value before options of a clause: labels of mpls, the locator of ila. */
function headed(key: string, head: ValueType<never>, inner: () => Clause<Terms>): EncapType {
  return {
    label: head.label,
    head,
    inner,
    parse(cursor, name, env, spec) {
      const first = head.parse(cursor, name, env, spec);
      return {[key]: first, ...parseClause(inner(), cursor, env)};
    },
    format: (value, env) => {
      const {[key]: first, ...others} = value as Record<string, never>;
      return [...head.format(first as never, env), ...formatClause(inner(), others as Parsed<Clause<Terms>>, env)];
    },
  };
}

function only(inner: () => Clause<Terms>): EncapType {
  let made: Clause<Terms> | undefined;
  const get = (): Clause<Terms> => {
    made ??= inner();
    return made;
  };
  return {
    label: 'OPTIONS',
    inner: get,
    parse: (cursor, _keyword, env) => parseClause(get(), cursor, env),
    format: (value, env) => formatClause(get(), value, env),
  };
}

/** Types of `encap`, by name. */
export function encapTypes(): Readonly<Record<string, EncapType>> {
  types ??= {
    mpls: headed('labels', labels as ValueType<never>, mplsClause),
    ip: only(ipClause),
    ip6: only(ip6Clause),
    ila: headed('locator', locator as ValueType<never>, ilaClause),
    bpf: only(bpfClause),
    seg6: only(seg6Clause),
    seg6local: only(seg6localClause),
    rpl: only(rplClause),
    ioam6,
    xfrm: only(xfrmClause),
  };
  return types;
}
let types: Readonly<Record<string, EncapType>> | undefined;

/** `encap TYPE OPTIONS`. The reference wants two words behind the type. */
export const encap: ValueType<EncapSpec> = {
  label: 'ENCAPTYPE ENCAPHDR',
  complete: ['mpls', 'ip', 'ip6', 'seg6', 'seg6local', 'rpl', 'ioam6', 'xfrm'],
  parse(cursor, name, env, spec) {
    const type = cursor.next();
    if (type === 'help') throw usageError(env.usage?.() ?? []);
    const all = encapTypes();
    const inner = Object.hasOwn(all, type) ? all[type] : undefined;
    if (inner === undefined) throw wrong(type, '"encap type" value is invalid\n');
    if (cursor.done) throw incomplete();
    if (cursor.peek(1) === undefined) throw refuse(`Error: unexpected end of line after "${name}"`);
    return {type, options: inner.parse(cursor, name, env, spec)};
  },
  format: (value, env) => [value.type, ...(encapTypes()[value.type]?.format(value.options, env) ?? [])],
};
