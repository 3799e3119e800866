import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {noDryRun} from '../ops/dryRun.js';
import type {RunObject} from '../ops/session.js';
import {changeTuntap, listTuntaps, tuntapVerbs} from '../ops/tuntap.js';
import {writeRows} from './rows.js';
import {tuntapView} from './views/tuntap.js';

/** `ip tuntap`. */
export const run: RunObject = (argv, session) => {
  const env = {family: session.options.family, names: session.names, program: session.io.argv0};
  const command = parseVerbs(tuntapVerbs, new Cursor(argv), env);
  if (command.verb === 'show') writeRows(listTuntaps(session), tuntapView, session);
  else {
    noDryRun(`ip tuntap ${command.verb}`, session);
    changeTuntap(command.verb, command.spec);
  }
  return 0;
};
