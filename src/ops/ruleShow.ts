import {sameBits} from '../addr/bits.js';
import type {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {FIB_RULE_INVERT, RTM_NEWRULE} from '../rtnetlink/constants.js';
import {ruleRequests} from '../rtnetlink/rule/requests.js';
import type {Rule} from '../rtnetlink/rule/schema.js';
import {dumpRefusal} from './refusal.js';
import type {RuleSelector} from './rule.js';
import type {Mark, NumberRange} from './ruleValues.js';
import type {IpSession} from './session.js';

/** Last line of a refused dump. */
export const ENDING = 'Dump terminated';
const MISUSE = 255;

/** Writes one rule; the iproute row has the view. */
export type ShowRule = (rule: Rule) => void;

/**
 * `ip rule show`. A protocol is read and not looked at, as in the reference.
 * @throws {UsageError} when the kernel refuses
 */
export function showRules(selector: RuleSelector, env: GrammarEnv, session: IpSession, show: ShowRule): number {
  session.json?.openArray();
  dumpRules(env, session, rule => {
    if (passes(rule, selector)) show(rule);
  });
  endArray(session);
  return 0;
}

/**
 * `ip rule flush`: deletes what fits but for priority 0, whose rules the kernel tells without a priority.
 * @throws {UsageError} when the kernel refuses
 */
export function flushRules(selector: RuleSelector, env: GrammarEnv, session: IpSession): number {
  const doomed: Rule[] = [];
  const {protocol} = selector;
  session.json?.openArray();
  dumpRules(env, session, rule => {
    if (rule.priority === undefined || !passes(rule, selector)) return;
    if (typeof protocol !== 'number' || rule.protocol === protocol) doomed.push(rule);
  });
  guarded(() => {
    for (const rule of doomed) session.connection().request(ruleRequests.deleteRecord(rule));
  });
  endArray(session);
  return 0;
}

function endArray({json}: IpSession): void {
  json?.closeArray();
  json?.end();
}

function dumpRules(env: GrammarEnv, session: IpSession, each: (rule: Rule) => void): void {
  const {interrupted} = guarded(() => {
    try {
      return session.connection().dump(ruleRequests.list({family: env.family}), (rule, type) => {
        if (type === RTM_NEWRULE) each(rule);
      });
    } catch (error) {
      // The array stays open, with the blank that the reference puts before its first element.
      if (session.json?.pretty === true) session.out.byte(32);
      throw error;
    }
  });
  if (interrupted) session.io.err('Dump was interrupted and may be inconsistent.\n');
}

/** Words a refusal as the reference does. */
export function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw dumpRefusal(error, ENDING, MISUSE);
  }
}

/** Whether a rule fits a selector. Marks, groups and numbers of value 0 select nothing. */
function passes(r: Rule, s: RuleSelector): boolean {
  if (s.priority !== undefined && (r.priority ?? 0) !== s.priority) return false;
  if (s.not === true && (r.flags & FIB_RULE_INVERT) === 0) return false;
  if (s.tos !== undefined && r.tos !== s.tos) return false;
  if (s.fwmark !== undefined) {
    if (s.fwmark.value !== 0 && (r.fwmark ?? 0) !== s.fwmark.value) return false;
    if ((s.fwmark.mask ?? 0) !== 0 && (r.fwmask ?? 0) !== s.fwmark.mask) return false;
  }
  if (s.iifname !== undefined && r.iifname !== s.iifname) return false;
  if (s.oifname !== undefined && r.oifname !== s.oifname) return false;
  if (s.l3mdev === true && (r.l3mdev ?? 0) === 0) return false;
  if (s.tunId !== undefined && s.tunId !== 0n && r.tunId !== s.tunId) return false;
  if (s.table !== undefined && s.table !== 0 && r.tableId !== s.table) return false;
  if (s.ipProto !== undefined && s.ipProto !== 0 && r.ipProto !== s.ipProto) return false;
  if (!hasMark(s.dscp, r.dscp, r.dscpMask) || !hasMark(s.flowlabel, r.flowlabel, r.flowlabelMask)) return false;
  return (
    equal(r.uidRange, s.uidRange) &&
    equal(r.sportRange, ports(s.sportRange)) &&
    equal(r.dportRange, ports(s.dportRange)) &&
    inside(r.src, r.srcLen, s.from) &&
    inside(r.dst, r.dstLen, lastOf(s))
  );
}

/** Ports from 0 on are no selection either. */
function ports(range: NumberRange | undefined): NumberRange | undefined {
  return range?.start === 0 ? undefined : range;
}

/** Whether a rule has a value that is asked for, and its mask where there is one. */
function hasMark(wanted: Mark | undefined, value: number | undefined, mask: number | undefined): boolean {
  return wanted === undefined || (value === wanted.value && (wanted.mask === undefined || mask === wanted.mask));
}

/** The destination, which two terms can give. */
function lastOf(selector: RuleSelector): ParsedPrefix | undefined {
  let last: ParsedPrefix | undefined;
  for (const key in selector) if (key === 'to' || key === 'dst') last = selector[key];
  return last;
}

function equal(range: NumberRange | undefined, wanted: NumberRange | undefined): boolean {
  return wanted === undefined || (range?.start === wanted.start && range.end === wanted.end);
}

/** Whether the prefix of a rule lies in another. */
function inside(address: IpAddress | undefined, length: number, prefix: ParsedPrefix | undefined): boolean {
  if (prefix === undefined) return true;
  return length >= prefix.length && sameBits(address, prefix.address, prefix.length);
}
