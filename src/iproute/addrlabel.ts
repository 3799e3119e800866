import {UsageError} from '../errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {addrlabelVerbs, changeLabel, eachLabel, flushLabels} from '../ops/addrlabel.js';
import {deviceEnv, invalidDevice} from '../ops/deviceValue.js';
import type {RunObject} from '../ops/session.js';
import {writeEach} from './rows.js';
import {addrlabelView} from './views/addrlabel.js';

/** `ip addrlabel`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const env = deviceEnv(session, invalidDevice);
  // Addresses settle no family here.
  const given = {family: options.family, names, program: io.argv0};
  const command = parseVerbs(addrlabelVerbs, new Cursor(argv), env);
  switch (command.verb) {
    case 'list':
      if (command.spec.words !== undefined) {
        throw new UsageError(1, '"ip addrlabel show" does not take any arguments.');
      }
      writeEach(take => eachLabel(given, session, take), addrlabelView, session);
      return 0;
    case 'flush':
      if (command.spec.words !== undefined) {
        throw new UsageError(1, '"ip addrlabel flush" does not allow extra arguments');
      }
      flushLabels(given, session);
      return 0;
    default:
      changeLabel(command.verb, command.spec, given, session);
      return 0;
  }
};
