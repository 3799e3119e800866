import type {Request} from '../../netlink/message.js';
import {
  AF_INET,
  FR_ACT_TO_TBL,
  FR_ACT_UNSPEC,
  RT_TABLE_MAIN,
  RT_TABLE_UNSPEC,
  RTM_DELRULE,
  RTM_GETRULE,
  RTM_NEWRULE,
} from '../constants.js';
import {ADD, type Draft, makeRequest} from '../request.js';
import {type Rule, type RuleRequest, ruleMessage} from './schema.js';

/** A request about one rule or several. */
export type RuleMessageRequest = Request<typeof ruleMessage>;

/**
 * Requests of `ip rule`. A new rule without an action looks up its table, main unless it is given or the rule is an
 * `l3mdev` one; family and prefix lengths come from the addresses. Attributes are sent in the order of the body's properties.
 * Source: ip-rule(8); defaults observed in test/unit/rtnetlink/rule.test.ts.
 */
export const ruleRequests = {
  /** `ip rule add`. */
  add: addRule,
  /** Deletes the first rule that matches: `ip rule del`. */
  delete: deleteRule,
  /** Deletes the rule of a record: what `ip rule flush` sends. */
  deleteRecord: (rule: Rule): RuleMessageRequest => makeRequest(ruleMessage, RTM_DELRULE, 0, rule),
  /** All rules of a family: `ip rule show`. */
  list: (body: RuleRequest = {}): RuleMessageRequest =>
    makeRequest(ruleMessage, RTM_GETRULE, 0, {...body, family: body.family ?? AF_INET}),
} as const;

function addRule(body: RuleRequest): RuleMessageRequest {
  const draft = draftOf(body);
  draft.action = body.action ?? FR_ACT_TO_TBL;
  const main = draft.action === FR_ACT_TO_TBL && body.l3mdev === undefined;
  setTable(draft, body.table ?? body.tableByte ?? (main ? RT_TABLE_MAIN : RT_TABLE_UNSPEC));
  return makeRequest(ruleMessage, RTM_NEWRULE, ADD, draft);
}

function deleteRule(body: RuleRequest): RuleMessageRequest {
  const draft = draftOf(body);
  draft.action = body.action ?? FR_ACT_UNSPEC;
  setTable(draft, body.table ?? body.tableByte ?? RT_TABLE_UNSPEC);
  return makeRequest(ruleMessage, RTM_DELRULE, 0, draft);
}

function draftOf(body: RuleRequest): Draft<RuleRequest> {
  const draft: Draft<RuleRequest> = {...body};
  draft.family = body.family ?? body.src?.family ?? body.dst?.family ?? AF_INET;
  if (body.dst !== undefined) draft.dstLen = body.dstLen ?? body.dst.bits;
  if (body.src !== undefined) draft.srcLen = body.srcLen ?? body.src.bits;
  return draft;
}

/** The header has room for tables up to 255. */
function setTable(draft: Draft<RuleRequest>, table: number): void {
  const fits = table < 256;
  draft.tableByte = fits ? table : RT_TABLE_UNSPEC;
  draft.table = fits ? undefined : table;
}
