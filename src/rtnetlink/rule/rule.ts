import {NetlinkError} from '../../errors.js';
import type {CallOptions} from '../../netlink/async.js';
import {
  AF_INET,
  AF_INET6,
  FIB_RULE_INVERT,
  FR_ACT_BLACKHOLE,
  FR_ACT_GOTO,
  FR_ACT_NOP,
  FR_ACT_PROHIBIT,
  FR_ACT_TO_TBL,
  FR_ACT_UNREACHABLE,
} from '../constants.js';
import {
  change,
  type FamilyInput,
  type InputContext,
  type NamedInput,
  optional,
  type PrefixInput,
  toFamily,
  toNumber,
  toPrefix,
} from '../input.js';
import {Listing, type Query} from '../listing.js';
import {ruleRequests} from './requests.js';
import type {Rule, RuleRequest} from './schema.js';

const ENOENT = 2;

const ACTIONS = {
  lookup: FR_ACT_TO_TBL,
  goto: FR_ACT_GOTO,
  nop: FR_ACT_NOP,
  blackhole: FR_ACT_BLACKHOLE,
  unreachable: FR_ACT_UNREACHABLE,
  prohibit: FR_ACT_PROHIBIT,
} as const;

/** What a rule does with packets that fit. */
export type RuleAction = keyof typeof ACTIONS;

/** One number, or the first and last of a range. */
export type RangeInput = number | readonly [first: number, last: number];

/** A rule as `ip rule add` takes it; what is absent fits everything. */
export interface RuleInput {
  /** From the prefixes, else inet. */
  readonly family?: FamilyInput | undefined;
  /** Lower ones come first; the kernel puts a rule without one before all others but 0. */
  readonly priority?: number | undefined;
  readonly from?: PrefixInput | undefined;
  readonly to?: PrefixInput | undefined;
  /** Applies to packets that do not fit. */
  readonly not?: boolean | undefined;
  /** Names of links, which need not exist. */
  readonly iif?: string | undefined;
  readonly oif?: string | undefined;
  readonly fwmark?: number | undefined;
  readonly fwmask?: number | undefined;
  readonly tos?: number | undefined;
  readonly uid?: RangeInput | undefined;
  /** IPPROTO_ number. */
  readonly ipProto?: number | undefined;
  readonly sport?: RangeInput | undefined;
  readonly dport?: RangeInput | undefined;
  /** Table of the packet's VRF. */
  readonly l3mdev?: boolean | undefined;
  /** `lookup` by default. */
  readonly action?: RuleAction | undefined;
  /** `main` by default. */
  readonly table?: NamedInput | undefined;
  /** Priority of the rule to go on with. */
  readonly goto?: number | undefined;
  /** Routes with a prefix up to this length do not count. */
  readonly suppressPrefixLength?: number | undefined;
  readonly suppressGroup?: NamedInput | undefined;
  readonly protocol?: NamedInput | undefined;
}

/** Which rules; all that is given has to fit. */
export interface RuleFilter {
  /** Both by default. */
  readonly family?: FamilyInput | undefined;
  readonly priority?: number | undefined;
  readonly table?: NamedInput | undefined;
  readonly protocol?: NamedInput | undefined;
}

const none = (): [] => [];

/** Changes of rules, one by one or in a batch. */
export const ruleChanges = {
  add: change<RuleInput>(none, (input, context) => ruleRequests.add(ruleBody(input, context))),
  delete: change<RuleInput>(none, (input, context) => ruleRequests.delete(ruleBody(input, context))),
} as const;

/** Rules of one namespace. */
export class Rules extends Listing<RuleFilter, Rule> {
  /**
   * The first rule of a priority.
   * @throws {NetlinkError} ENOENT when there is none
   */
  async get(spec: {readonly priority: number; readonly family?: FamilyInput}, options?: CallOptions): Promise<Rule> {
    const [first] = await this.list({family: 'inet', ...spec}, options);
    if (first === undefined) throw new NetlinkError(ENOENT, 'RTM_GETRULE');
    return first;
  }

  /** `ip rule add`. @throws {NetlinkError} EEXIST */
  add(rule: RuleInput, options?: CallOptions): Promise<void> {
    return this.session.change(ruleChanges.add, rule, options);
  }

  /** Deletes the first rule that fits: `ip rule del`. @throws {NetlinkError} ENOENT */
  delete(rule: RuleInput, options?: CallOptions): Promise<void> {
    return this.session.change(ruleChanges.delete, rule, options);
  }

  /** Deletes all rules that fit but those of priority 0: `ip rule flush`. @returns how many */
  async flush(filter: RuleFilter, options?: CallOptions): Promise<number> {
    const rules = (await this.list(filter, options)).filter(rule => (rule.priority ?? 0) !== 0);
    return this.session.deleteAll(rules.map(ruleRequests.deleteRecord), ['ENOENT'], options);
  }

  protected override query(filter: RuleFilter): Query<Rule> {
    const {names} = this.session;
    const family = toFamily(filter.family);
    const table = optional(filter.table, t => toNumber('table', names.table, t));
    const protocol = optional(filter.protocol, p => toNumber('protocol', names.protocol, p));
    return {
      request: ruleRequests.list({family}),
      passes: rule =>
        // Without a family the kernel tells those of multicast routing as well.
        (family === 0 ? rule.family === AF_INET || rule.family === AF_INET6 : rule.family === family) &&
        (filter.priority === undefined || (rule.priority ?? 0) === filter.priority) &&
        (table === undefined || rule.tableId === table) &&
        (protocol === undefined || rule.protocol === protocol),
    };
  }
}

function ruleBody(input: RuleInput, {names}: InputContext): RuleRequest {
  const from = optional(input.from, p => toPrefix('from', p));
  const to = optional(input.to, p => toPrefix('to', p));
  const action = input.action ?? (input.goto === undefined ? undefined : 'goto');
  const family = toFamily(input.family) || (from ?? to)?.address.family;
  return {
    family,
    tos: input.tos,
    flags: input.not === true ? FIB_RULE_INVERT : 0,
    action: optional(action, word => ACTIONS[word]),
    // A prefix of length 0 fits everything and has no address on the wire.
    ...(from !== undefined && from.length > 0 && {src: from.address, srcLen: from.length}),
    ...(to !== undefined && to.length > 0 && {dst: to.address, dstLen: to.length}),
    priority: input.priority,
    iifname: input.iif,
    oifname: input.oif,
    fwmark: input.fwmark,
    fwmask: input.fwmask,
    uidRange: optional(input.uid, rangeOf),
    ipProto: input.ipProto,
    sportRange: optional(input.sport, rangeOf),
    dportRange: optional(input.dport, rangeOf),
    l3mdev: input.l3mdev === true ? 1 : undefined,
    table: optional(input.table, t => toNumber('table', names.table, t)),
    goto: input.goto,
    suppressPrefixlen: input.suppressPrefixLength,
    suppressIfgroup: optional(input.suppressGroup, g => toNumber('suppressGroup', names.group, g)),
    protocol: optional(input.protocol, p => toNumber('protocol', names.protocol, p)),
  };
}

function rangeOf(input: RangeInput): {readonly start: number; readonly end: number} {
  return typeof input === 'number' ? {start: input, end: input} : {start: input[0], end: input[1]};
}
