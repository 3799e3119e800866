import {usageError} from '../grammar/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {usage} from '../grammar/help.js';
import {
  eachMacsec,
  macsecVerbs,
  openMacsec,
  readChange,
  readOffload,
  setOffload,
  takeDevice,
  type WholeDevice,
} from '../ops/macsec.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {asksForHelp} from './genericHelp.js';
import {writeEach} from './rows.js';
import {macsecView} from './views/macsec.js';

/** `ip macsec`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  asksForHelp(argv, macsecVerbs, io.argv0);
  const family = openMacsec(session);
  const env: GrammarEnv = {family: options.family, names, program: io.argv0};
  const {verb, spec} = parseVerbs(macsecVerbs, new Cursor(argv), env);
  const cursor = new Cursor(spec.words ?? []);
  if (verb === 'offload') setOffload(readOffload(cursor, env, session), family);
  else if (verb === 'show') {
    const index = cursor.done ? 0 : takeDevice(cursor, session);
    if (!cursor.done) throw usageError(usage(macsecVerbs, io.argv0));
    show(index, family, session);
  } else {
    const {cmd, body} = readChange(verb, cursor, env, session);
    family.connection.request(family.request(cmd, body));
  }
  return 0;
};

/** The list ends before a refusal is told. */
function show(index: number, family: ReturnType<typeof openMacsec>, session: IpSession): void {
  let failure: unknown;
  const list = (take: (device: WholeDevice) => void): void => {
    try {
      eachMacsec(index, family, take);
    } catch (error) {
      failure = error;
    }
  };
  writeEach(list, macsecView, session, '');
  if (failure !== undefined) throw failure;
}
