import {stateExtraFlags, stateFlags} from '../../rtnetlink/xfrm/constants.js';
import type {XfrmState} from '../../rtnetlink/xfrm/schema.js';
import type {ViewContext} from '../../view/context.js';
import {type Field, field, group, line, literal, view, when} from '../../view/field.js';
import {uint, word} from '../../view/kinds.js';
import {
  bits,
  contextFields,
  endFields,
  flagWords,
  isLong,
  lifetimeFields,
  selectorFields,
  sequenceText,
  transformFields,
} from './xfrm.js';
import {attributeFields} from './xfrmAttributes.js';

/** A state whose keys may have to be hidden. */
export type StateRow = XfrmState & {
  readonly nokeys?: boolean;
  /** Of an event: whether the hard limit is reached. */
  readonly hard?: number;
};

/** Flags; with `-s` those that have an attribute of their own, which the reference does not part from them. */
function flagsText({flags, saExtraFlags = 0}: StateRow, c: ViewContext): string {
  const extra = isLong(c) && saExtraFlags !== 0 ? `extra_flag ${flagWords(stateExtraFlags, saExtraFlags)}` : '';
  return `${flagWords(stateFlags, flags)}${extra}`;
}

/** Whether a selector says anything: the kernel leaves out the family of one that does not. */
function isSaid({sel}: StateRow): boolean {
  const {family, prefixlenD, prefixlenS, proto, ifindex, user, sportMask, dportMask} = sel;
  const numbers = family | prefixlenD | prefixlenS | proto | ifindex | user | sportMask | dportMask;
  return numbers !== 0 || sel.daddr.some(byte => byte !== 0) || sel.saddr.some(byte => byte !== 0);
}

/** The last line of an event about a limit. */
export const hardFields: readonly Field<{readonly hard?: number}>[] = [
  when(r => r.hard !== undefined, [line('\t'), field(null, 'hard %s', uint, r => r.hard)]),
];

/** A state as `ip xfrm state` shows it, with the end of its last line. */
export const xfrmStateView = view<StateRow>(() => [
  ...endFields,
  line('\t'),
  ...transformFields,
  line('\t'),
  field(null, 'replay-window %s ', uint, r => r.replayWindow),
  field(null, 'seq %s ', word, r => sequenceText(r.seq), {when: isLong}),
  field(null, 'flag %s', word, (r, c) => (isLong(c) || r.flags !== 0 ? flagsText(r, c) : undefined)),
  field(null, ' (%s)', word, r => bits(r.flags), {when: isLong}),
  ...attributeFields(),
  when(isSaid, [
    line('\t'),
    literal('sel '),
    group(null, selectorFields, ({sel, family}) => (sel.family === 0 ? {...sel, family} : sel)),
  ]),
  ...lifetimeFields(),
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
  ...contextFields,
  ...hardFields,
  line(''),
]);
