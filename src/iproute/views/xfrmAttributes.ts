import {encapTypes, XFRM_OFFLOAD_INBOUND} from '../../rtnetlink/xfrm/constants.js';
import {
  type Algorithm,
  type ReplayEsn,
  unpackAddress,
  unpackAlgorithm,
  unpackReplayEsn,
} from '../../rtnetlink/xfrm/payloads.js';
import type {XfrmAttributes} from '../../rtnetlink/xfrm/schema.js';
import {type Field, field, group, line, list, literal, when} from '../../view/field.js';
import {address, ifname, text, uint, word} from '../../view/kinds.js';
import {cHex, hex8, isLong, moment, templateFields} from './xfrm.js';

/** Attributes of a state or a policy. */
export interface AttributesRow extends XfrmAttributes {
  /** Of addresses in attributes. */
  readonly family: number;
  /** Keys are not shown. */
  readonly nokeys?: boolean;
}

const hex = (value: number): string => `0x${value.toString(16)}`;

function keyText(key: Uint8Array, isHidden: boolean): string {
  if (isHidden) return '<<Keys hidden>>';
  return key.length === 0 ? '' : `0x${Array.from(key, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A line of an algorithm. */
function algorithmLine(
  name: string,
  get: (state: AttributesRow) => Uint8Array | undefined,
  hasLength = false,
): Field<AttributesRow> {
  const read = (state: AttributesRow): Algorithm | undefined => {
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

const encapFields: readonly Field<AttributesRow>[] = [
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
  // The reference begins with the last word.
  list(null, ['', '', ''], bitmapFields, r => bitmapLines([...r.bitmap].reverse())),
];

const replayFields: readonly Field<AttributesRow>[] = [
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

const offloadFields: readonly Field<AttributesRow>[] = [
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

const tfcpadFields: readonly Field<AttributesRow>[] = [
  when(r => r.tfcpad !== undefined, [line('\t'), field(null, 'tfcpad %s', uint, r => r.tfcpad)]),
];

const careOfFields: readonly Field<AttributesRow>[] = [
  when(
    r => r.coaddr !== undefined,
    [line('\t'), field(null, 'coa %s', address, r => r.coaddr && unpackAddress(r.coaddr, r.family))],
  ),
];

const lastUsedFields: readonly Field<AttributesRow>[] = [
  when(r => r.lastused !== undefined, [line('\t'), field(null, 'lastused %s', word, r => moment(r.lastused ?? 0n))]),
];

/** Marks, which share a line. */
export const markFields: readonly Field<Pick<AttributesRow, 'mark' | 'setMark' | 'setMarkMask'>>[] = [
  when(r => r.mark !== undefined || r.setMark !== undefined, [line('\t')]),
  field(null, 'mark %s ', word, ({mark}) => mark && `${cHex(mark.v)}/${cHex(mark.m)}`),
  field(null, 'output-mark %s', word, ({setMark}) => (setMark === undefined ? undefined : cHex(setMark))),
  field(null, '/%s', word, ({setMark, setMarkMask}) =>
    setMark === undefined || setMarkMask === undefined ? undefined : cHex(setMarkMask),
  ),
];

const ifIdFields: readonly Field<AttributesRow>[] = [
  when(r => r.ifId !== undefined, [line('\t'), field(null, 'if_id %s', word, r => cHex(r.ifId ?? 0))]),
];

/**
 * Attributes of states and policies, each with the line it has.
 * @param indent before the lines of templates and what follows them; marks have none
 */
export function attributeFields(indent = ''): readonly Field<AttributesRow>[] {
  return [
    ...markFields,
    algorithmLine('auth', r => (r.algAuthTrunc === undefined ? r.algAuth : undefined)),
    // The kernel tells of a digest twice; this form has its length.
    algorithmLine('auth-trunc', r => r.algAuthTrunc, true),
    algorithmLine('aead', r => r.algAead, true),
    algorithmLine('enc', r => r.algCrypt),
    algorithmLine('comp', r => r.algComp),
    ...encapFields,
    list(null, ['', '', ''], templateFields(indent), r => r.tmpl ?? []),
    ...careOfFields,
    ...lastUsedFields,
    ...replayFields,
    ...offloadFields,
    ...ifIdFields,
    ...tfcpadFields,
  ];
}
