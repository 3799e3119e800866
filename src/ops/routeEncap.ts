import {incomplete, invalid, refuse, usageError, wrong} from '../grammar/errors.js';
import {
  type Clause,
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
import {dsfield, labelsOf, u8, u32, uint64, words} from '../grammar/values.js';
import {formatLocator, ilaCsumModes, ilaHookTypes, ilaIdentWords, parseLocator} from '../rtnetlink/ila.js';
import {bpfProgram} from './bpfProgram.js';
import {ioam6} from './routeEncapIoam6.js';
import {readSegments, seg6Clause, seg6localClause, segments} from './routeEncapSeg6.js';
import {encapDevice, fixed, once} from './routeEncapValues.js';

const AF_INET = 2;
const AF_INET6 = 10;
/** `encap TYPE ...` as words: the type and the options of its own clause. */
export interface EncapSpec {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the type tells the clause
  readonly options: any;
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

const labels: ValueType<readonly number[]> = {
  label: 'LABEL[/LABEL]',
  parse: cursor => labelsOf(cursor.next()),
  format: value => [value.map(label => String(label >>> 12)).join('/')],
};

const mplsClause = (): Clause<Terms> => clause({ttl: keyword('ttl', u8, once)});

const ilaClause = (): Clause<Terms> =>
  clause({
    csumMode: keyword('csum-mode', words(ilaCsumModes)),
    identType: keyword('ident-type', words(ilaIdentWords)),
    hookType: keyword('hook-type', words(ilaHookTypes)),
  });

/** `0:0:0:1` as a 64-bit number. */
const locator: ValueType<bigint> = {
  label: 'LOCATOR',
  parse(cursor) {
    const word = cursor.next();
    const value = parseLocator(word);
    if (value === undefined) throw refuse(`Bad locator: ${word}`, 1);
    return value;
  },
  format: value => [formatLocator(value)],
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

const rplClause = (): Clause<Terms> => clause({segs: keyword('segs', segments, once)}, {finish: readSegments});

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
