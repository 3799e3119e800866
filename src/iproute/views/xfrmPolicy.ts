import {policyFlags} from '../../rtnetlink/xfrm/constants.js';
import type {XfrmAttributes, XfrmPolicy} from '../../rtnetlink/xfrm/schema.js';
import {type Field, field, group, line, view} from '../../view/field.js';
import {uint, word} from '../../view/kinds.js';
import {bits, contextFields, flagWords, isLong, lifetimeFields, selectorFields, shareName} from './xfrm.js';
import {attributeFields} from './xfrmAttributes.js';
import {hardFields} from './xfrmState.js';

/** A policy, as a listing or an event tells of it. */
export type PolicyRow = Omit<XfrmPolicy, keyof XfrmAttributes> &
  XfrmAttributes & {
    /** Of an event: whether the hard limit is reached. */
    readonly hard?: number;
  };

const directions: readonly string[] = ['in', 'out', 'fwd'];
const actions: readonly string[] = ['allow', 'block'];
const types: readonly string[] = ['main', 'sub'];

/** Directions of the policies of sockets stand behind the others. */
function directionText(dir: number): string {
  const isSocket = dir >= directions.length;
  const own = isSocket ? dir - directions.length : dir;
  return `${isSocket ? 'socket' : 'dir'} ${directions[own] ?? own}`;
}

/** Name of a type of policies. */
export const policyTypeName = (type: number): string => types[type] ?? String(type);

/** Fields of a policy. @param indent of all lines but the first */
export function policyFields(indent: string): readonly Field<PolicyRow>[] {
  return [
    group(null, selectorFields, r => r.sel),
    ...contextFields,
    line(`${indent}\t`),
    field(null, '%s ', word, r => directionText(r.dir)),
    field(null, 'action %s ', word, (r, c) =>
      isLong(c) || r.action !== 0 ? (actions[r.action] ?? String(r.action)) : undefined,
    ),
    field(null, 'index %s ', uint, r => r.index, {when: isLong}),
    field(null, 'priority %s ', uint, r => r.priority),
    field(null, 'ptype %s ', word, r => r.policyType && policyTypeName(r.policyType.type)),
    field(null, 'share %s ', word, r => shareName(r.share), {when: isLong}),
    field(null, 'flag %s', word, (r, c) => (isLong(c) || r.flags !== 0 ? flagWords(policyFlags, r.flags) : undefined)),
    field(null, ' (%s)', word, r => bits(r.flags), {when: isLong}),
    ...lifetimeFields(indent),
    group(null, attributeFields(indent), r => ({...r, family: r.sel.family})),
    ...hardFields,
    line(''),
  ];
}

/** A policy as `ip xfrm policy` shows it, with the end of its last line. */
export const xfrmPolicyView = view<PolicyRow>(() => policyFields(''));
