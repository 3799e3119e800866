import {incomplete} from '../grammar/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {Ioam, ioamVerbs, namespaceVerbs, schemaVerbs} from '../ops/ioam.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {partsUsage} from './genericHelp.js';
import {writeEach} from './rows.js';
import {namespaceView, schemaView} from './views/ioam.js';

/** `ip ioam`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const [word] = argv;
  if (word === undefined || word === 'help') throw partsUsage([namespaceVerbs, schemaVerbs], io.argv0);
  const env: GrammarEnv = {family: options.family, names, program: io.argv0};
  const {verb: part, spec} = parseVerbs(ioamVerbs, new Cursor(argv), env);
  if (spec.words === undefined) throw incomplete();
  (part === 'namespace' ? runNamespace : runSchema)(new Cursor(spec.words), env, session);
  return 0;
};

function runNamespace(cursor: Cursor, env: GrammarEnv, session: IpSession): void {
  const command = parseVerbs(namespaceVerbs, cursor, env);
  const ioam = new Ioam(session);
  if (command.verb === 'show') writeEach(take => ioam.eachNamespace(take), namespaceView, session, '');
  else if (command.verb === 'add') ioam.addNamespace(command.spec);
  else if (command.verb === 'set') ioam.bind(command.spec);
  else if (command.spec.value !== undefined) ioam.deleteNamespace(command.spec.value);
}

function runSchema(cursor: Cursor, env: GrammarEnv, session: IpSession): void {
  const command = parseVerbs(schemaVerbs, cursor, env);
  const ioam = new Ioam(session);
  if (command.verb === 'show') writeEach(take => ioam.eachSchema(take), schemaView, session, '');
  else if (command.spec.value === undefined) return;
  else if (command.verb === 'add') ioam.addSchema(command.spec.value);
  else ioam.deleteSchema(command.spec.value);
}
