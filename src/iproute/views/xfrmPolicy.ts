import {policyFlags} from '../../rtnetlink/xfrm/constants.js';
import type {XfrmPolicy, XfrmTemplate} from '../../rtnetlink/xfrm/schema.js';
import {type Field, field, group, line, list, literal, view, when} from '../../view/field.js';
import {uint, word} from '../../view/kinds.js';
import {
  bits,
  contextFields,
  endFields,
  flagWords,
  ifIdFields,
  isLong,
  lifetimeFields,
  markFields,
  selectorFields,
  shareName,
  transformFields,
} from './xfrm.js';

const directions: readonly string[] = ['dir in', 'dir out', 'dir fwd', 'socket in', 'socket out', 'socket fwd'];
const actions: readonly string[] = ['allow', 'block'];
const types: readonly string[] = ['main', 'sub'];

const hexMask = (mask: number): string => mask.toString(16);

const templateFields: readonly Field<XfrmTemplate>[] = [
  line('\t'),
  literal('tmpl '),
  ...endFields,
  line('\t\t'),
  ...transformFields,
  when(
    (r, c) => isLong(c) || r.optional !== 0,
    [line('\t\t'), field(null, 'level %s ', word, r => (r.optional === 0 ? 'required' : 'use'))],
  ),
  field(null, 'share %s ', word, r => shareName(r.share), {when: isLong}),
  when(
    (_, c) => isLong(c),
    [
      line('\t\t'),
      field(null, 'enc-mask %s ', word, r => hexMask(r.ealgos)),
      field(null, 'auth-mask %s ', word, r => hexMask(r.aalgos)),
      field(null, 'comp-mask %s', word, r => hexMask(r.calgos)),
    ],
  ),
];

/** A policy as `ip xfrm policy` shows it, with the end of its last line. */
export const xfrmPolicyView = view<XfrmPolicy>([
  group(null, selectorFields, r => r.sel),
  line('\t'),
  field(null, '%s ', word, r => directions[r.dir] ?? `dir ${r.dir}`),
  field(null, 'action %s ', word, (r, c) =>
    isLong(c) || r.action !== 0 ? (actions[r.action] ?? String(r.action)) : undefined,
  ),
  field(null, 'index %s ', uint, r => r.index, {when: isLong}),
  field(null, 'priority %s ', uint, r => r.priority),
  field(null, 'ptype %s ', word, r => types[r.policyType?.type ?? 0] ?? String(r.policyType?.type)),
  field(null, 'share %s ', word, r => shareName(r.share), {when: isLong}),
  field(null, 'flag %s', word, (r, c) => (isLong(c) || r.flags !== 0 ? flagWords(policyFlags, r.flags) : undefined)),
  field(null, ' (%s)', word, r => bits(r.flags), {when: isLong}),
  ...lifetimeFields,
  ...contextFields,
  ...markFields,
  list(null, ['', '', ''], templateFields, r => r.tmpl ?? []),
  ...ifIdFields,
  line(''),
]);
