import {UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {AF_INET, FIB_RULE_INVERT, RT_TABLE_MAIN, RT_TABLE_UNSPEC, RTN_NAT} from '../rtnetlink/constants.js';
import type {Draft} from '../rtnetlink/request.js';
import {type RuleMessageRequest, ruleRequests} from '../rtnetlink/rule/requests.js';
import type {Rule, RuleRequest} from '../rtnetlink/rule/schema.js';
import {type Echo, sendChange} from './echo.js';
import type {RuleSpec} from './rule.js';
import type {KernelSession} from './session.js';

/** Status of a rule that says too much: an errno, as the reference exits. */
const EINVAL = 22;

/**
 * `ip rule add` and `del`.
 * @param echo gets the rule as the kernel tells it back, for `-echo`
 * @throws {UsageError} when a VRF's table is told twice
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeRule(
  verb: 'add' | 'delete',
  spec: RuleSpec,
  env: GrammarEnv,
  session: KernelSession,
  echo?: Echo<Rule>,
): number {
  sendChange(ruleRequest(verb, spec, env), session, echo);
  return 0;
}

/** The request of a command line: attributes in the order of the words. @hot */
export function ruleRequest(verb: 'add' | 'delete', spec: RuleSpec, env: GrammarEnv): RuleMessageRequest {
  if (spec.l3mdev === true && (spec.table ?? 0) !== RT_TABLE_UNSPEC) {
    throw new UsageError(EINVAL, 'table can not be specified for l3mdev rules');
  }
  const body: Draft<RuleRequest> = {family: env.family === 0 ? AF_INET : env.family};
  for (const key in spec) {
    switch (key as keyof RuleSpec) {
      case 'not':
        body.flags = FIB_RULE_INVERT;
        break;
      case 'from':
        // A prefix of no bytes fits everything: the kernel wants no address.
        if (spec.from?.address !== undefined) body.src = spec.from.address;
        body.srcLen = spec.from?.length ?? 0;
        break;
      case 'to':
        if (spec.to?.address !== undefined) body.dst = spec.to.address;
        body.dstLen = spec.to?.length ?? 0;
        break;
      case 'fwmark':
        body.fwmark = spec.fwmark?.value;
        body.fwmask = spec.fwmark?.mask;
        break;
      case 'sportRange':
        body.sportRange = spec.sportRange;
        body.sportMask = spec.sportRange?.mask;
        break;
      case 'dportRange':
        body.dportRange = spec.dportRange;
        body.dportMask = spec.dportRange?.mask;
        break;
      case 'dscp':
        body.dscp = spec.dscp?.value;
        body.dscpMask = spec.dscp?.mask;
        break;
      case 'flowlabel':
        body.flowlabel = spec.flowlabel?.value;
        body.flowlabelMask = spec.flowlabel?.mask;
        break;
      case 'l3mdev':
        body.l3mdev = 1;
        break;
      case 'nat':
        body.unused2 = spec.nat;
        body.action = RTN_NAT;
        break;
      case 'action':
        body.action = spec.action?.action;
        body.goto = spec.action?.target;
        break;
      default:
        // biome-ignore lint/suspicious/noExplicitAny: the spec has the request's own names and types here
        (body as any)[key] = (spec as any)[key];
    }
  }
  body.table ??= verb === 'add' && spec.action === undefined && spec.l3mdev === undefined ? RT_TABLE_MAIN : 0;
  return ruleRequests[verb](body);
}
