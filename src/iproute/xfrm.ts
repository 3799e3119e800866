import {usageError} from '../grammar/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {leave, leaving} from '../ops/refusal.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {xfrmVerbs} from '../ops/xfrm.js';
import {PolicyTable} from '../ops/xfrmPolicy.js';
import {xfrmPolicyVerbs} from '../ops/xfrmPolicySpec.js';
import {StateTable} from '../ops/xfrmState.js';
import {xfrmStateVerbs} from '../ops/xfrmStateSpec.js';
import {policyUsage, stateUsage, xfrmUsage} from '../ops/xfrmUsage.js';
import {transformName} from '../ops/xfrmValues.js';
import type {XfrmPolicy, XfrmState} from '../rtnetlink/xfrm/schema.js';
import type {View} from '../view/view.js';
import {xfrmPolicyView} from './views/xfrmPolicy.js';
import {type StateRow, xfrmStateView} from './views/xfrmState.js';
import {defaultsText} from './xfrmDefaults.js';
import {runXfrmMonitor} from './xfrmMonitor.js';

/** `ip xfrm`. */
export const run: RunObject = (argv, session) => {
  const {io, links, names, options} = session;
  const env: GrammarEnv = {
    family: options.family,
    names,
    program: io.argv0,
    deviceIndex: name => links.index(name),
  };
  const {verb, spec} = parseVerbs(xfrmVerbs, new Cursor(argv), env);
  const cursor = new Cursor(spec.words ?? []);
  switch (verb) {
    case 'state':
      return leaving(() => runState(cursor, env, session), true);
    case 'policy':
      return leaving(() => runPolicy(cursor, env, session), true);
    case 'monitor':
      return runXfrmMonitor(cursor, session);
    default:
      throw usageError(xfrmUsage());
  }
};

/** Rows are text with `-j`, too. */
function write<R>(row: R, form: View<R>, {options, out, view}: IpSession): void {
  form.text(out, row, view);
  if (options.oneline) out.byte(10);
}

function runState(cursor: Cursor, env: GrammarEnv, session: IpSession): number {
  const command = parseVerbs(xfrmStateVerbs, cursor, env);
  if (command.verb === 'help') throw usageError(stateUsage());
  const {io, out, options} = session;
  const table = new StateTable(session);
  const show = (state: XfrmState): void => write<StateRow>(state, xfrmStateView, session);
  switch (command.verb) {
    case 'add':
    case 'update':
      table.change(command.verb, command.spec);
      return 0;
    case 'allocspi':
      show(table.allocate(command.spec));
      return 0;
    case 'get':
      show(table.get(command.spec));
      return 0;
    case 'delete':
      table.delete(command.spec);
      return 0;
    case 'deleteall':
      table.deleteAll(command.spec);
      throw leave();
    case 'flush': {
      const {proto = 0} = command.spec;
      if (options.statistics > 1) {
        io.err(`Flush state with XFRM-PROTO value "${transformName(proto)}"\n`);
      }
      table.flush(proto);
      return 0;
    }
    case 'count': {
      const {states, buckets} = table.count();
      if (states !== undefined) out.ascii(`\t SAD count ${states}`);
      if (buckets !== undefined && options.statistics > 0) {
        out.ascii(` (buckets count ${buckets.sadhcnt} Max ${buckets.sadhmcnt})`);
      }
      out.byte(10);
      return 0;
    }
    default: {
      const {spec} = command;
      table.each(spec, state =>
        write<StateRow>(spec.nokeys ? {...state, nokeys: true} : state, xfrmStateView, session),
      );
      throw leave();
    }
  }
}

function runPolicy(cursor: Cursor, env: GrammarEnv, session: IpSession): number {
  const command = parseVerbs(xfrmPolicyVerbs, cursor, env);
  if (command.verb === 'help') throw usageError(policyUsage());
  const {io, out, options} = session;
  const table = new PolicyTable(session);
  const show = (policy: XfrmPolicy): void => write(policy, xfrmPolicyView, session);
  switch (command.verb) {
    case 'add':
    case 'update':
      table.change(command.verb, command.spec);
      return 0;
    case 'get':
      show(table.get(command.spec));
      return 0;
    case 'delete':
      table.delete(command.spec);
      return 0;
    case 'deleteall':
      table.deleteAll(command.spec);
      throw leave();
    case 'flush':
      if (options.statistics > 1) io.err('Flush policy\n');
      table.flush(command.spec.ptype);
      return 0;
    case 'count':
      count(table, session);
      return 0;
    case 'set':
      table.set(command.spec);
      return 0;
    case 'setdefault':
      table.setDefaults(command.spec);
      return 0;
    case 'getdefault':
      out.ascii(defaultsText(table.defaults()));
      return 0;
    default:
      table.each(command.spec, show);
      throw leave();
  }
}

function count(table: PolicyTable, {out, options}: IpSession): void {
  const {info, hinfo, ipv4Hthresh, ipv6Hthresh} = table.count();
  const lines: string[] = [];
  if (info !== undefined) {
    const sockets = ` (Sock: IN ${info.inscnt} OUT ${info.outscnt} FWD ${info.fwdscnt})`;
    lines.push(
      `\t SPD IN  ${info.incnt} OUT ${info.outcnt} FWD ${info.fwdcnt}${options.statistics > 0 ? sockets : ''}`,
    );
  }
  if (options.statistics > 1) {
    if (hinfo !== undefined) lines.push(`\t SPD buckets: count ${hinfo.spdhcnt} Max ${hinfo.spdhmcnt}`);
    for (const [family, bits] of [['IPv4', ipv4Hthresh] as const, ['IPv6', ipv6Hthresh] as const]) {
      if (bits !== undefined) lines.push(`\t SPD ${family} thresholds: local ${bits.lbits} remote ${bits.rbits}`);
    }
  }
  for (const line of lines) out.ascii(`${line}${options.oneline ? '\\' : '\n'}`);
  if (options.oneline) out.byte(10);
}
