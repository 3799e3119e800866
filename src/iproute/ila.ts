import {UsageError} from '../errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {deviceEnv} from '../ops/deviceValue.js';
import {changeIla, eachIla, type Ila, ilaVerbs, openIla} from '../ops/ila.js';
import type {RunObject} from '../ops/session.js';
import {formatLocator, ilaCsumModes, ilaIdentTypes, ilaWord} from '../rtnetlink/ila.js';
import {field, view} from '../view/field.js';
import {text, word} from '../view/kinds.js';
import {asksForHelp} from './genericHelp.js';
import {writeEach} from './rows.js';

/** One line of `ip ila list`; nothing parts its last two columns. */
const ilaView = view<Ila>([
  field('locator_match', '%-20s', word, r => formatLocator(r.locatorMatch ?? 0n)),
  field('locator', '%-20s', word, r => formatLocator(r.locator ?? 0n)),
  field('interface', '%-16s', text, (r, c) => (r.ifindex ? c.ifname(r.ifindex) : '*'), {colour: 'ifname'}),
  field('csum_mode', '%s', word, r => ilaWord(ilaCsumModes, r.csumMode)),
  field('ident_type', '%s', word, r => ilaWord(ilaIdentTypes, r.identType)),
]);

/** `ip ila`. */
export const run: RunObject = (argv, session) => {
  const {io, options} = session;
  asksForHelp(argv, ilaVerbs, io.argv0);
  const family = openIla(session);
  const env = deviceEnv(session, name => new UsageError(2, `No such interface: ${name}`));
  const command = parseVerbs(ilaVerbs, new Cursor(argv), env);
  if (command.verb !== 'list') {
    changeIla(command.verb, command.spec, family, session);
    return 0;
  }
  if (command.spec.words !== undefined) throw new UsageError(1, '"ip ila show" does not take any arguments.');
  writeEach(take => eachIla(family, take), ilaView, session, options.oneline ? '\\' : '\n');
  return 0;
};
