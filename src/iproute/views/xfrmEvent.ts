import {transformName} from '../../ops/xfrmValues.js';
import {unpackAddress} from '../../rtnetlink/xfrm/payloads.js';
import type {XfrmAcquire, XfrmAevent, XfrmMapping, XfrmReport} from '../../rtnetlink/xfrm/schema.js';
import {type Field, field, group, line, literal, view, when} from '../../view/field.js';
import {address, word} from '../../view/kinds.js';
import {hexAndDecimal, isLong, maskFields, selectorFields, sequenceText} from './xfrm.js';
import {markFields} from './xfrmAttributes.js';
import {policyFields} from './xfrmPolicy.js';

/** The kernel wants a state. */
export const acquireView = view<XfrmAcquire>(() => [
  field(null, 'acquire proto %s ', word, r => transformName(r.id.proto)),
  field(null, 'spi %s ', word, (r, c) => (isLong(c) || r.id.spi !== 0 ? hexAndDecimal(r.id.spi, c) : undefined)),
  line('  '),
  literal('sel '),
  group(null, selectorFields, r => r.sel),
  line('  '),
  literal('policy '),
  group(null, policyFields('    '), r => ({...r, ...r.pol})),
  field(null, '  seq %s ', word, r => sequenceText(r.seq), {when: isLong}),
  when((_, c) => isLong(c), maskFields as readonly Field<XfrmAcquire>[]),
  line(''),
]);

/** A packet that did not fit its policy. */
export const reportView = view<XfrmReport>(() => [
  field(null, 'report proto %s ', word, r => transformName(r.proto)),
  line('  '),
  literal('sel '),
  group(null, selectorFields, r => r.sel),
  group(null, markFields, r => r),
  when(
    r => r.coaddr !== undefined,
    [line('  '), field(null, 'coa %s', address, r => r.coaddr && unpackAddress(r.coaddr, r.sel.family))],
  ),
  line(''),
]);

const reasons: readonly (readonly [bit: number, text: string])[] = [
  [16, ' replay update '],
  [32, ' timer expired '],
  [64, ' policy updated '],
];

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Replay counters moved; two lines, with `-o` too. Source of the bits: XFRM_AE_. */
export function aeventText({flags, saId, saddr, reqid}: XfrmAevent): string {
  const why = reasons.map(([bit, text]) => ((flags & bit) === 0 ? '' : text)).join('');
  const ends = `src ${unpackAddress(saddr, saId.family)} dst ${unpackAddress(saId.daddr, saId.family)}`;
  const what = `reqid ${hex(reqid)} protocol ${transformName(saId.proto)}  SPI ${hex(saId.spi)}`;
  return `Async event  (${hex(flags)}) ${why}\n\t${ends}  ${what}\n`;
}

/** A peer's address or port changed; two lines, with `-o` too. */
export function mappingText({id, reqid, oldSaddr, newSaddr, oldSport, newSport}: XfrmMapping): string {
  const before = `${unpackAddress(oldSaddr, id.family)}:${oldSport}`;
  const after = `${unpackAddress(newSaddr, id.family)}:${newSport}`;
  const what = `reqid ${hex(reqid)} protocol ${transformName(id.proto)}  SPI ${hex(id.spi)}`;
  return `Mapping change ${before} -> ${after}\n\tdst ${unpackAddress(id.daddr, id.family)}  ${what}\n`;
}
