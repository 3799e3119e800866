import {UsageError} from '../errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {deviceEnv, invalidDevice} from '../ops/deviceValue.js';
import type {RunObject} from '../ops/session.js';
import {eachToken, setToken, tokenVerbs} from '../ops/token.js';
import type {LinkToken} from '../rtnetlink/link/token.js';
import {field, view} from '../view/field.js';
import {ifname, unresolved} from '../view/kinds.js';
import {writeEach} from './rows.js';

const tokenView = view<LinkToken>([
  field('token', 'token %s', unresolved, r => r.token, {colour: 'family'}),
  // The reference colours the end of the line, too.
  field('ifname', ' dev %s\n', ifname, r => r.index, {colour: 'ifname'}),
]);

/** `ip token`. */
export const run: RunObject = (argv, session) => {
  const {verb, spec} = parseVerbs(tokenVerbs, new Cursor(argv), deviceEnv(session, invalidDevice));
  switch (verb) {
    case 'set':
      if (spec.token === undefined) throw new UsageError(1, 'Not enough information: token is required.');
      setToken(spec.dev, spec.token, session);
      return 0;
    case 'delete':
      setToken(spec.dev, undefined, session);
      return 0;
    default:
      writeEach(take => eachToken(spec.dev, session, take), tokenView, session, '');
      return 0;
  }
};
