import {
  SEG6_CMD_DUMPHMAC,
  SEG6_CMD_GET_TUNSRC,
  SEG6_CMD_SET_TUNSRC,
  SEG6_CMD_SETHMAC,
  seg6Message,
} from '../genetlink/seg6.js';
import {usageError, wrong} from '../grammar/errors.js';
import {Cursor} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf} from '../grammar/values.js';
import {native} from '../native.js';
import {GenericFamily} from '../ops/generic.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {AF_INET6} from '../rtnetlink/constants.js';

const usage = [
  'Usage: ip sr hmac show',
  '       ip sr hmac set KEYID ALGO',
  '       ip sr tunsrc show',
  '       ip sr tunsrc set ADDRESS',
  'ALGO := { sha1 | sha256 }',
];
/** Source: uapi linux/seg6_hmac.h, SEG6_HMAC_ALGO_*. */
const algorithms = ['', 'sha1', 'sha256'];

/** Any beginning of a word. */
function isStart(word: string, of: string): boolean {
  return word !== '' && of.startsWith(word);
}

/** `ip sr`. */
export const run: RunObject = (argv, session) => {
  const cursor = new Cursor(argv);
  const [object = ''] = argv;
  if (argv.length === 0 || isStart(object, 'help')) throw usageError(usage);
  cursor.next();
  const isHmac = isStart(object, 'hmac');
  if (!isHmac && !isStart(object, 'tunsrc')) throw wrong(object, 'unknown');
  const verb = cursor.next();
  if (isStart(verb, 'show')) {
    if (isHmac) showKeys(session);
    else showSource(session);
  } else if (isStart(verb, 'set')) {
    if (isHmac) setKey(cursor, session);
    else {
      const dst = addressOf(cursor.next(), AF_INET6);
      new GenericFamily('SEG6', seg6Message, session).change(SEG6_CMD_SET_TUNSRC, {dst});
    }
  } else throw wrong(verb, 'unknown');
  return 0;
};

function setKey(cursor: Cursor, session: IpSession): void {
  const id = cursor.next();
  const keyId = unsigned(id, 0xffffffff);
  // Key 0 stands for no key in the kernel.
  if (keyId === undefined || keyId === 0) throw wrong(id, 'hmac KEYID value is invalid');
  const name = cursor.next();
  const algorithm = algorithms.indexOf(name);
  if (algorithm < 1) throw wrong(name, 'hmac ALGO value is invalid');
  session.io.err('Enter secret for HMAC key ID (blank to delete): ');
  const buffer = new Uint8Array(64);
  const got = Math.max(native().read(0, buffer, 0, buffer.length), 0);
  const end = buffer.subarray(0, got).indexOf(10);
  const secret = buffer.slice(0, end < 0 ? got : end);
  const family = new GenericFamily('SEG6', seg6Message, session);
  const key = secret.length === 0 ? {} : {secret};
  family.change(SEG6_CMD_SETHMAC, {keyId, secretLength: secret.length, ...key, algorithm});
}

function showKeys(session: IpSession): void {
  const {json, out} = session;
  const family = new GenericFamily('SEG6', seg6Message, session);
  json?.openArray();
  family.dump(SEG6_CMD_DUMPHMAC, ({keyId = 0, algorithm = 0, secret}) => {
    const text = new TextDecoder().decode(secret);
    const name = algorithms[algorithm] ?? 'unknown';
    if (json === undefined) {
      out.text(`hmac ${keyId} algo ${name} secret "${text}"\n`);
      return;
    }
    json.openObject();
    json.key('hmac');
    json.uint(keyId);
    json.key('algo');
    json.word(name);
    json.key('secret');
    json.string(text);
    json.closeObject();
  });
  json?.closeArray();
  json?.end();
}

function showSource(session: IpSession): void {
  const {json, out} = session;
  const family = new GenericFamily('SEG6', seg6Message, session);
  const source = String(family.connection.get(family.request(SEG6_CMD_GET_TUNSRC)).dst);
  if (json === undefined) {
    out.ascii(`tunsrc addr ${source}\n`);
    return;
  }
  json.openArray();
  json.openObject();
  json.key('tunsrc');
  json.word(source);
  json.closeObject();
  json.closeArray();
  json.end();
}
