import {encapTypes, stateExtraFlags, stateFlags, XFRM_OFFLOAD_INBOUND} from '../../rtnetlink/xfrm/constants.js';
import {
  type Algorithm,
  type ReplayEsn,
  unpackAddress,
  unpackAlgorithm,
  unpackReplayEsn,
} from '../../rtnetlink/xfrm/payloads.js';
import type {XfrmState} from '../../rtnetlink/xfrm/schema.js';
import {type Field, field, group, line, list, literal, view, when} from '../../view/field.js';
import {address, ifname, text, uint, word} from '../../view/kinds.js';
import {
  bits,
  cHex,
  contextFields,
  endFields,
  flagWords,
  hex8,
  ifIdFields,
  isLong,
  lifetimeFields,
  markFields,
  moment,
  selectorFields,
  transformFields,
} from './xfrm.js';

/** A state whose keys may have to be hidden. */
export type StateRow = XfrmState & {readonly nokeys?: boolean};

const hex = (value: number): string => `0x${value.toString(16)}`;

function keyText(key: Uint8Array, isHidden: boolean): string {
  if (isHidden) return '<<Keys hidden>>';
  return key.length === 0 ? '' : `0x${Array.from(key, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A line of an algorithm. */
function algorithmLine(
  name: string,
  get: (state: StateRow) => Uint8Array | undefined,
  hasLength = false,
): Field<StateRow> {
  const read = (state: StateRow): Algorithm | undefined => {
    const packed = get(state);
    return packed && unpackAlgorithm(packed, hasLength);
  };
  return when(
    r => get(r) !== undefined,
    [
      line('\t'),
      literal(`${name} `),
      field(null, '%s ', text, r => read(r)?.name),
      field(null, '%s', word, r => keyText(read(r)?.key ?? new Uint8Array(0), r.nokeys === true)),
      field(null, ' (%s bits)', uint, (r, c) => (isLong(c) ? (read(r)?.key.length ?? 0) * 8 || undefined : undefined)),
      field(null, ' %s', uint, r => read(r)?.length),
    ],
  );
}

const encapNames = Object.fromEntries(Object.entries(encapTypes).map(([name, value]) => [value, name]));

const encapFields: readonly Field<StateRow>[] = [
  when(
    r => r.encap !== undefined,
    [
      line('\t'),
      field(null, 'encap type %s', word, r => encapNames[r.encap?.type ?? 0] ?? String(r.encap?.type)),
      field(null, ' sport %s', uint, r => r.encap?.sport),
      field(null, ' dport %s', uint, r => r.encap?.dport),
      field(null, ' addr %s', address, r => r.encap && unpackAddress(r.encap.oa, r.family)),
    ],
  ),
];

/** Words of a bitmap in one line. */
const WORDS_A_LINE = 8;

interface BitmapLine {
  readonly words: readonly number[];
}

function bitmapLines(bitmap: readonly number[]): BitmapLine[] {
  const lines: BitmapLine[] = [];
  for (let at = 0; at < bitmap.length; at += WORDS_A_LINE) lines.push({words: bitmap.slice(at, at + WORDS_A_LINE)});
  return lines;
}

const bitmapFields: readonly Field<BitmapLine>[] = [
  line('\t '),
  field(null, '%s', word, r => r.words.map(one => `${one.toString(16).padStart(8, '0')} `).join('')),
];

const longWindowFields: readonly Field<ReplayEsn>[] = [
  line('\t'),
  literal('anti-replay esn context:'),
  line('\t '),
  field(null, '%s', word, r => `seq-hi ${hex(r.seqHi)}, seq ${hex(r.seq)}`),
  field(null, '%s', word, r => `, oseq-hi ${hex(r.oseqHi)}, oseq ${hex(r.oseq)}`),
  line('\t '),
  field(null, 'replay_window %s', uint, r => r.replayWindow),
  field(null, ', bitmap-length %s', uint, r => r.bitmap.length),
  list(null, ['', '', ''], bitmapFields, r => bitmapLines(r.bitmap)),
];

const replayFields: readonly Field<StateRow>[] = [
  when(
    r => r.replayVal !== undefined,
    [
      line('\t'),
      field(
        null,
        'anti-replay context: %s',
        word,
        ({replayVal: v}) => v && `seq ${hex(v.seq)}, oseq ${hex(v.oseq)}, bitmap ${hex8(v.bitmap)}`,
      ),
    ],
  ),
  group(null, longWindowFields, r => r.replayEsnVal && unpackReplayEsn(r.replayEsnVal)),
];

/** Flags, and with them those that have an attribute of their own. */
function flagsText({flags, saExtraFlags = 0}: StateRow): string {
  const words = flagWords(stateFlags, flags);
  const extra = saExtraFlags === 0 ? [] : ['extra_flag', flagWords(stateExtraFlags, saExtraFlags)];
  return [...(words === '' ? [] : [words]), ...extra].join(' ');
}

/** The reference takes the number for one in network order and its digits for hexadecimal ones. */
function sequenceText(seq: number): string {
  const swapped = ((seq & 0xff) << 24) | ((seq & 0xff00) << 8) | ((seq >>> 8) & 0xff00) | (seq >>> 24);
  return `0x${String(swapped >>> 0).padStart(8, '0')}`;
}

const outputMarkFields: readonly Field<StateRow>[] = [
  when(
    r => r.setMark !== undefined,
    [
      line('\t'),
      field(null, 'output-mark %s', word, r => cHex(r.setMark ?? 0)),
      field(null, '/%s', word, r => (r.setMarkMask === undefined ? undefined : cHex(r.setMarkMask))),
    ],
  ),
];

const offloadFields: readonly Field<StateRow>[] = [
  when(
    r => r.offloadDev !== undefined,
    [
      line('\t'),
      literal('crypto offload parameters: '),
      field(null, 'dev %s ', ifname, r => r.offloadDev?.ifindex),
      field(null, 'dir %s', word, r => ((r.offloadDev?.flags ?? 0) & XFRM_OFFLOAD_INBOUND ? 'in' : 'out')),
    ],
  ),
];

const tfcpadFields: readonly Field<StateRow>[] = [
  when(r => r.tfcpad !== undefined, [line('\t'), field(null, 'tfcpad %s', uint, r => r.tfcpad)]),
];

const careOfFields: readonly Field<StateRow>[] = [
  when(
    r => r.coaddr !== undefined,
    [line('\t'), field(null, 'coa %s', address, r => r.coaddr && unpackAddress(r.coaddr, r.family))],
  ),
];

const lastUsedFields: readonly Field<StateRow>[] = [
  when(r => r.lastused !== undefined, [line('\t'), field(null, 'lastused %s', word, r => moment(r.lastused ?? 0n))]),
];

/** A state as `ip xfrm state` shows it, with the end of its last line. */
export const xfrmStateView = view<StateRow>([
  ...endFields,
  line('\t'),
  ...transformFields,
  line('\t'),
  field(null, 'replay-window %s ', uint, r => r.replayWindow),
  field(null, 'seq %s ', word, r => sequenceText(r.seq), {when: isLong}),
  field(null, 'flag %s', word, (r, c) => (isLong(c) || r.flags !== 0 ? flagsText(r) : undefined)),
  field(null, ' (%s)', word, r => bits(r.flags), {when: isLong}),
  ...markFields,
  ...outputMarkFields,
  algorithmLine('aead', r => r.algAead, true),
  // The kernel tells of a digest twice; this form has its length.
  algorithmLine('auth-trunc', r => r.algAuthTrunc, true),
  algorithmLine('auth', r => (r.algAuthTrunc === undefined ? r.algAuth : undefined)),
  algorithmLine('enc', r => r.algCrypt),
  algorithmLine('comp', r => r.algComp),
  ...encapFields,
  ...careOfFields,
  ...lastUsedFields,
  ...replayFields,
  ...contextFields,
  ...offloadFields,
  ...ifIdFields,
  ...tfcpadFields,
  line('\t'),
  literal('sel '),
  // The kernel leaves out the family of a selector that says nothing.
  group(null, selectorFields, ({sel, family}) => (sel.family === 0 ? {...sel, family} : sel)),
  ...lifetimeFields,
  when(
    (_, c) => isLong(c),
    [
      line('\t'),
      literal('stats:'),
      line('\t  '),
      field(null, 'replay-window %s', uint, r => r.stats.replayWindow),
      field(null, ' replay %s', uint, r => r.stats.replay),
      field(null, ' failed %s', uint, r => r.stats.integrityFailed),
    ],
  ),
  line(''),
]);
