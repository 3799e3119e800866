import {IpAddress} from '../addr/ip.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {invalid, refuse, wrong} from '../grammar/errors.js';
import {type Clause, clause, flag, keyword, type Terms, type ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf, u8, words} from '../grammar/values.js';
import {bpfProgram} from './bpfProgram.js';
import {encapDevice, fixed, once} from './routeEncapValues.js';
import {routeTableOf} from './routeTable.js';

const AF_INET = 2;
const AF_INET6 = 10;

/** Numbers that the reference takes for 0 where they are none. */
const loose: ValueType<number> = {
  label: 'KEYID',
  parse: cursor => unsigned(cursor.next(), 0xffffffff) ?? 0,
  format: value => [String(value)],
};

/** `fd00::1,fd00::2`; an empty one is `::`. */
export const segments: ValueType<Segments> = {
  label: 'ADDR1,ADDRi,ADDRn',
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    if (spec.wantsMode === true && spec.mode === undefined) throw wrong(word, '"segs" provided before "mode"\n');
    return word;
  },
  format: value => [typeof value === 'string' ? value : value.map(String).join(',')],
};

/** Addresses; until all words of a header are read the one that names them: only then the reference looks at it. */
type Segments = readonly IpAddress[] | string;

/** Reads the addresses of a header whose words are read. */
export function readSegments(spec: {segs?: Segments}): void {
  if (typeof spec.segs === 'string') spec.segs = segmentsOf(spec.segs);
}

function segmentsOf(word: string): readonly IpAddress[] {
  return word.split(',').map(one => {
    const address = one === '' ? undefined : addressOf(one, AF_INET6);
    return address === undefined || address instanceof OpaqueAddress ? IpAddress.inet6(0, 0, 0, 0) : address;
  });
}

const seg6Modes = {inline: 0, encap: 1, l2encap: 2, 'encap.red': 3, 'l2encap.red': 4};
/** Modes of `encap seg6` by number. Source: uapi linux/seg6_iptunnel.h, SEG6_IPTUN_MODE_*. */
export const seg6ModeNames: readonly string[] = Object.keys(seg6Modes);

/** `encap seg6`. */
export const seg6Clause = (): Clause<Terms> =>
  clause(
    {
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
      // Newer than iproute2 6.1.
      tunsrc: keyword('tunsrc', fixed(AF_INET6), once),
    },
    {finish: readSegments},
  );

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

/** What an action does besides: bits by number, and the lengths that `next-csid` may have, in bits. */
export interface Flavors {
  readonly bits: number;
  readonly lblen?: number;
  readonly nflen?: number;
}

const NEXT_CSID = 'next-csid';

/** `flavors psp,usd`: a bit for each. */
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
  readonly segs: Segments;
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

/** `encap seg6local`. */
export const seg6localClause = (): Clause<Terms> =>
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
      endpoint: keyword('endpoint', bpfProgram, once),
      flavors: keyword('flavors', flavors, once),
    },
    {
      finish(spec) {
        if (spec.action === undefined) throw refuse('Missing action type');
        if (spec.srh !== undefined) readSegments(spec.srh);
      },
    },
  );
