import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {eachMroute, mrouteVerbs, multicastFamily} from '../ops/mroute.js';
import type {RunObject} from '../ops/session.js';
import {writeEach} from './rows.js';
import {mrouteView} from './views/mroute.js';

/** `ip mroute`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const family = multicastFamily(options.family);
  const env: GrammarEnv = {family: family ?? 0, names, program: io.argv0};
  // Words of other families are not read, but for the verb.
  const command = parseVerbs(mrouteVerbs, new Cursor(family === undefined ? argv.slice(0, 1) : argv), env);
  if (family !== undefined)
    writeEach(take => eachMroute(command.spec, {...env, family}, session, take), mrouteView, session);
  return 0;
};
