import type {Seg6} from '../genetlink/seg6.js';
import {incomplete} from '../grammar/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {native} from '../native.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {hmacAlgorithm, hmacVerbs, SegmentRouting, srVerbs, tunsrcVerbs} from '../ops/sr.js';
import {field, view} from '../view/field.js';
import {text, uint, word} from '../view/kinds.js';
import {asksForHelp} from './genericHelp.js';
import {writeEach, writeRows} from './rows.js';

const STDIN = 0;
const NEWLINE = 10;
/** Bytes of a secret that are read. */
const SECRET_MAX = 64;

const keyView = view<Seg6>([
  field('hmac', 'hmac %s ', uint, r => r.keyId ?? 0),
  field('algo', 'algo %s ', word, r => hmacAlgorithm(r.algorithm ?? 0)),
  field('secret', 'secret "%s"', text, r => new TextDecoder().decode(r.secret)),
]);
const sourceView = view<Seg6>([field('tunsrc', 'tunsrc addr %s', word, r => String(r.dst))]);

/** `ip sr`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  asksForHelp(argv, [hmacVerbs, tunsrcVerbs], io.argv0);
  const env: GrammarEnv = {family: options.family, names, program: io.argv0};
  const {verb: part, spec} = parseVerbs(srVerbs, new Cursor(argv), env);
  if (spec.words === undefined) throw incomplete();
  const cursor = new Cursor(spec.words);
  if (part === 'hmac') {
    const command = parseVerbs(hmacVerbs, cursor, env);
    if (command.verb === 'show') showKeys(session);
    else if (command.spec.value !== undefined) {
      const secret = askSecret(session);
      new SegmentRouting(session).setKey(command.spec.value, secret);
    }
    return 0;
  }
  const command = parseVerbs(tunsrcVerbs, cursor, env);
  const routing = new SegmentRouting(session);
  if (command.verb === 'show') writeRows([routing.source()], sourceView, session);
  else if (command.spec.value !== undefined) routing.setSource(command.spec.value);
  return 0;
};

function showKeys(session: IpSession): void {
  const routing = new SegmentRouting(session);
  writeEach(take => routing.eachKey(take), keyView, session);
}

/** The first line of standard input, or what one read of it gives. */
function askSecret({io}: IpSession): Uint8Array {
  io.err('Enter secret for HMAC key ID (blank to delete): ');
  const buffer = new Uint8Array(SECRET_MAX);
  const got = buffer.subarray(0, Math.max(native().read(STDIN, buffer, 0, SECRET_MAX), 0));
  const end = got.indexOf(NEWLINE);
  return got.slice(0, end < 0 ? got.length : end);
}
