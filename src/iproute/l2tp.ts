import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {usage} from '../grammar/help.js';
import {addL2tp, checkWhat, deleteL2tp, eachL2tp, l2tpVerbs, obsoleteWords, openL2tp} from '../ops/l2tp.js';
import type {RunObject} from '../ops/session.js';
import {asksForHelp} from './genericHelp.js';
import {writeEach} from './rows.js';
import {l2tpSessionView, l2tpTunnelView} from './views/l2tp.js';

/** `ip l2tp`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  asksForHelp(argv, l2tpVerbs, io.argv0);
  const family = openL2tp(session);
  const env: GrammarEnv = {family: options.family, names, program: io.argv0};
  const {verb, spec} = parseVerbs(l2tpVerbs, new Cursor(argv), env);
  for (const word of obsoleteWords(spec)) io.err(`Ignoring option "${word}"\n`);
  const what = checkWhat(spec, () => usage(l2tpVerbs, io.argv0));
  if (verb === 'add') addL2tp(what, spec, family);
  else if (verb === 'delete') deleteL2tp(what, spec, family);
  else {
    const form = what === 'tunnel' ? l2tpTunnelView : l2tpSessionView;
    writeEach(take => eachL2tp(what, family, take), form, session, '');
  }
  return 0;
};
