import {refuse} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {ruleVerbs} from '../ops/rule.js';
import {changeRule} from '../ops/ruleChange.js';
import {restoreRules, saveRules} from '../ops/ruleSave.js';
import {flushRules, type ShowRule, showRules} from '../ops/ruleShow.js';
import type {RuleEnv} from '../ops/ruleValues.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {AF_INET, AF_INET6, RTNL_FAMILY_IP6MR, RTNL_FAMILY_IPMR} from '../rtnetlink/constants.js';
import type {Rule} from '../rtnetlink/rule/schema.js';
import {type EchoForm, echoOf} from './echo.js';
import {report} from './errors.js';
import {ruleView} from './views/rule.js';

/** `ip rule`. */
export const run: RunObject = (argv, session) => runRules(argv, session, session.options.family);

/** `ip mrule`: the rules of multicast routing. */
export const runMulticast: RunObject = (argv, session) => {
  const {family} = session.options;
  if (family !== 0 && family !== AF_INET && family !== AF_INET6) {
    throw refuse(`Multicast rules are only supported for IPv4/IPv6, was: ${family}`);
  }
  return runRules(argv, session, family === AF_INET6 ? RTNL_FAMILY_IP6MR : RTNL_FAMILY_IPMR);
};

function runRules(argv: readonly string[], session: IpSession, family: number): number {
  const {io, names} = session;
  const env: RuleEnv = {family, names, program: io.argv0, warn: line => io.err(`${line}\n`)};
  const found = parseVerbs(ruleVerbs, new Cursor(argv), env);
  switch (found.verb) {
    case 'show':
      return showRules(found.spec, env, session, writerOf(session));
    case 'flush':
      return flushRules(found.spec, env, session);
    case 'save':
      return saveRules(env, session);
    case 'restore':
      return restoreRules(session, error => {
        report(error, io);
      });
    default:
      return changeRule(found.verb, found.spec, env, session, echoOf(session, echoForm));
  }
}

const echoForm = (): EchoForm<Rule, Rule> => ({
  view: ruleView,
  row: rule => rule,
  end: '\n',
  hasBrief: false,
  isNested: true,
});

function writerOf({json, out, view}: IpSession): ShowRule {
  if (json !== undefined) return rule => ruleView.json(json, rule, view);
  return rule => {
    ruleView.text(out, rule, view);
    out.byte(10);
  };
}
