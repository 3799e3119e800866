import {AF_INET6, IpAddress} from '../addr/ip.js';
import {refuse, wrong} from '../grammar/errors.js';
import {
  clause,
  flag,
  keyword,
  type Parsed,
  type SpecBag,
  type ValueType,
  verb,
  verbs,
  word,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf, text} from '../grammar/values.js';
import {
  encapTypes,
  stateExtraFlags,
  stateFlags,
  XFRM_OFFLOAD_INBOUND,
  XFRMA_REPLAY_ESN_MAX,
  xfrmModes,
  xfrmProtocols,
} from '../rtnetlink/xfrm/constants.js';
import {words} from './deviceValue.js';
import {algorithms, checkAlgorithms} from './xfrmAlgorithm.js';
import {freeSelector} from './xfrmSelector.js';
import {stateUsage} from './xfrmUsage.js';
import {
  device,
  filterId,
  flagList,
  type IdSpec,
  id,
  knownPrefix,
  limits,
  mark,
  mode,
  number,
  transform,
  transformName,
  twice,
  unknown,
} from './xfrmValues.js';

const after = (name: string): ValueType<number> => number('NUMBER', `value after "${name}" is invalid`);

/** ESP inside UDP or TCP. */
interface Encap {
  readonly type: number;
  readonly sport: number;
  readonly dport: number;
  readonly oa: IpAddress;
}

const encap: ValueType<Encap> = {
  label: 'ENCAP',
  complete: Object.keys(encapTypes),
  parse(cursor) {
    const name = cursor.next();
    if (!Object.hasOwn(encapTypes, name)) throw wrong(name, 'ENCAP-TYPE value is invalid');
    const port = (what: string): number => {
      const value = cursor.next();
      const found = unsigned(value, 0xffff);
      if (found === undefined) throw wrong(value, `${what} value after "encap" is invalid`);
      return found;
    };
    const sport = port('SPORT');
    const dport = port('DPORT');
    return {type: encapTypes[name as keyof typeof encapTypes], sport, dport, oa: originalAddress(cursor.next())};
  },
  format: ({type, sport, dport, oa}) => [
    ...Object.keys(encapTypes).filter(name => encapTypes[name as keyof typeof encapTypes] === type),
    String(sport),
    String(dport),
    oa.toString(),
  ],
};

/** An address of any family; `any` is all zero. */
function originalAddress(name: string): IpAddress {
  return addressOf(name === 'any' || name === 'all' || name === 'default' ? '0.0.0.0' : name, 0);
}

/** A care-of address, of the family that is settled by then. */
const careOf: ValueType<IpAddress> = {
  label: 'ADDR[/PLEN]',
  complete: 'address',
  parse(cursor, keyword, env, spec) {
    const {address, family} = knownPrefix(
      cursor.next(),
      keyword,
      familyOf(spec.id) ?? familyOf(spec.sel) ?? env.family,
    );
    return address ?? (family === AF_INET6 ? IpAddress.inet6(0, 0, 0, 0) : IpAddress.inet(0));
  },
  format: value => [value.toString()],
};

/** Family of the addresses that name a state. */
export function familyOf(named: IdSpec | undefined): number | undefined {
  return named?.dst?.family ?? named?.src?.family;
}

/** Work that a device does. */
interface Offload {
  readonly ifindex: number;
  readonly flags: number;
}

const offloadDevice = device('value after "offload dev" is invalid');

const offload: ValueType<Offload> = {
  label: '[ dev DEV ] dir DIR',
  parse(cursor, keyword, env, spec) {
    let ifindex = 0;
    let name = cursor.next();
    if (name === 'dev') {
      ifindex = offloadDevice.parse(cursor, keyword, env, spec);
      name = cursor.next();
    }
    if (name !== 'dir') throw wrong(name, 'value after "offload dir" is invalid');
    const dir = cursor.next();
    if (dir !== 'in' && dir !== 'out') throw wrong(dir, 'DIR value is invalid');
    return {ifindex, flags: dir === 'in' ? XFRM_OFFLOAD_INBOUND : 0};
  },
  format: ({ifindex, flags}, env) => [
    ...(ifindex === 0 ? [] : ['dev', ...offloadDevice.format(ifindex, env)]),
    'dir',
    flags === 0 ? 'out' : 'in',
  ],
};

/** A mark of packets that go out. */
const outputMark: ValueType<{readonly v: number; readonly m?: number}> = {
  label: 'OUTPUT-MARK [ mask MASK ]',
  parse(cursor, keyword, env, spec) {
    const v = after('output-mark').parse(cursor, keyword, env, spec);
    if (cursor.peek() !== 'mask') return {v};
    cursor.next();
    const name = cursor.next();
    const m = unsigned(name, 0xffffffff);
    if (m === undefined) throw wrong(name, 'mask value is invalid\n');
    return {v, m};
  },
  format: ({v, m}) => [String(v), ...(m === undefined ? [] : ['mask', String(m)])],
};

const reqid = number('REQID', 'REQID value is invalid');
const seq = number('SEQ', 'SEQ value is invalid');
const named = () => word(id, {duplicate: unknown});

/** Words of `add` and `update`. */
const changed = clause(
  () => ({
    mode: keyword('mode', mode),
    mark: keyword('mark', mark),
    reqid: keyword('reqid', reqid),
    seq: keyword('seq', seq),
    replayWindow: keyword('replay-window', after('replay-window')),
    replaySeq: keyword('replay-seq', after('replay-seq')),
    replaySeqHi: keyword('replay-seq-hi', after('replay-seq-hi')),
    replayOseq: keyword('replay-oseq', after('replay-oseq')),
    replayOseqHi: keyword('replay-oseq-hi', after('replay-oseq-hi')),
    flags: keyword('flag', flagList(stateFlags, 0xff, 'FLAG value is invalid')),
    extraFlags: keyword('extra-flag', flagList(stateExtraFlags, 0xffffffff, 'EXTRA-FLAG value is invalid')),
    sel: keyword('sel', freeSelector),
    limits,
    encap: keyword('encap', encap),
    coa: keyword('coa', careOf, {duplicate: twice}),
    ctx: keyword('ctx', text('CTX'), {duplicate: twice}),
    offload: keyword('offload', offload),
    outputMark: keyword('output-mark', outputMark),
    ifId: keyword('if_id', after('if_id')),
    tfcpad: keyword('tfcpad', after('tfcpad')),
    ...algorithms(),
    id: named(),
  }),
  {finish: checkChange},
);

/** What `add` and `update` say. */
export type StateSpec = Parsed<typeof changed>;

/** What is checked when all words are read. */
function checkChange(spec: SpecBag): void {
  const {flags = 0, replayWindow = 0, sel} = spec;
  if (replayWindow > XFRMA_REPLAY_ESN_MAX) {
    throw refuse(`Error: replay-window (${replayWindow}) > XFRMA_REPLAY_ESN_MAX (${XFRMA_REPLAY_ESN_MAX}).`);
  }
  if ((flags & stateFlags.esn) !== 0 && replayWindow === 0) {
    throw refuse('Error: esn flag set without replay-window.');
  }
  if (spec.id === undefined) throw refuse('Not enough information: ID is required', 1);
  checkTransform(spec.id.proto, spec);
  if (sel === undefined) return;
  // Written back behind all others: a selector would take the words of the ID for its own.
  delete spec.sel;
  spec.sel = sel;
}

const modesOf: Readonly<Record<number, readonly number[]>> = {
  [xfrmProtocols.esp]: [xfrmModes.transport, xfrmModes.tunnel, xfrmModes.beet],
  [xfrmProtocols.ah]: [xfrmModes.transport, xfrmModes.tunnel],
  [xfrmProtocols.comp]: [xfrmModes.transport, xfrmModes.tunnel],
  [xfrmProtocols.route2]: [xfrmModes.ro, xfrmModes.in_trigger],
  [xfrmProtocols.hao]: [xfrmModes.ro, xfrmModes.in_trigger],
};

/** Modes and words that a transform knows. */
function checkTransform(proto: number, spec: SpecBag): void {
  const isRoute = proto === xfrmProtocols.route2 || proto === xfrmProtocols.hao;
  const of = `with XFRM-PROTO value "${transformName(proto)}"`;
  const checkMode = (): void => {
    if (spec.mode === undefined ? isRoute : !modesOf[proto]?.includes(spec.mode)) {
      throw refuse(spec.mode === undefined ? `"mode" is required ${of}` : `MODE value is invalid ${of}`, 1);
    }
  };
  if (!isRoute) checkMode();
  checkAlgorithms(proto, spec);
  if (isRoute) {
    checkMode();
    if (spec.coa === undefined) throw refuse(`"coa" is required ${of}`, 1);
  } else if (spec.coa !== undefined) throw refuse(`"coa" is invalid ${of}`, 1);
}

const spiValue = after('min');

/** Words of `allocspi`. */
const allocated = clause(
  () => ({
    mode: keyword('mode', mode),
    mark: keyword('mark', mark),
    reqid: keyword('reqid', reqid),
    seq: keyword('seq', seq),
    min: keyword('min', spiValue, {duplicate: twice}),
    max: keyword('max', after('max'), {duplicate: twice}),
    id: named(),
  }),
  {
    finish({id, min, max}) {
      if (id === undefined) throw refuse('Not enough information: ID is required', 1);
      if (id.spi !== undefined) throw refuse('"spi" is invalid', 1);
      if (min !== undefined && max === undefined) throw refuse('"max" is missing', 1);
      if (min === undefined && max !== undefined) throw refuse('"min" is missing', 1);
      if (min > max) throw refuse('value after "min" is larger than value after "max"', 1);
    },
  },
);

/** What `allocspi` says. */
export type SpiSpec = Parsed<typeof allocated>;

const asked = clause(() => ({mark: keyword('mark', mark), id: named()}));

/** Words that name one state. */
export type StateName = Parsed<typeof asked>;

const filtered = clause(() => ({
  nokeys: flag('nokeys'),
  mode: keyword('mode', mode),
  reqid: keyword('reqid', reqid),
  flags: keyword('flag', flagList(stateFlags, 0xff, 'FLAG value is invalid')),
  id: word(filterId, {duplicate: unknown}),
}));

/** Which states are shown or deleted. */
export type StateFilter = Parsed<typeof filtered>;

const flushed = clause(() => ({proto: keyword('proto', transform, {duplicate: twice})}), {unknown});

/** Verbs of `ip xfrm state`, in match order. */
export const xfrmStateVerbs = verbs(
  'xfrm state',
  [
    verb('add', changed),
    verb('update', changed),
    verb('allocspi', allocated),
    verb('delete', asked),
    verb('deleteall', filtered, {as: ['delall']}),
    verb('list', filtered, {as: ['show', 'lst']}),
    verb('get', asked),
    verb('flush', flushed),
    verb('count', words),
    verb('help', words),
  ],
  {whenAbsent: 'list', usage: stateUsage},
);
