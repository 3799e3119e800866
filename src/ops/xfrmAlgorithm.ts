import {encodeText} from '../addr/text.js';
import type {Cursor} from '../grammar/cursor.js';
import {duplicate, refuse, wrong} from '../grammar/errors.js';
import {keyword, type SpecBag, type Term, type ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {xfrmProtocols} from '../rtnetlink/xfrm/constants.js';
import type {Algorithm} from '../rtnetlink/xfrm/payloads.js';
import {required, transformName} from './xfrmValues.js';

/** Bytes of key that the reference has room for. */
const KEY_ROOM = 512;

/** Words of an algorithm, each with those it does not stand beside. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  enc: ['enc', 'aead'],
  auth: ['auth', 'authTrunc', 'aead'],
  'auth-trunc': ['auth', 'authTrunc', 'aead'],
  aead: ['aead', 'enc', 'auth', 'authTrunc'],
  comp: ['comp'],
};

function part(cursor: Cursor, what: string): string {
  if (cursor.done) throw required(what);
  return cursor.next();
}

/** A key: hexadecimal digits after `0x`, with a zero in front of an odd number of them, or the bytes of the word. */
function keyOf(name: string): Uint8Array {
  const isHex = /^0x/i.test(name);
  const digits = isHex ? name.slice(2) : '';
  if (isHex && !/^[0-9a-f]*$/i.test(digits)) throw wrong(name, 'ALGO-KEYMAT value is invalid');
  const key = isHex
    ? Uint8Array.from(digits.padStart(digits.length + (digits.length % 2), '0').match(/../g) ?? [], pair =>
        Number.parseInt(pair, 16),
      )
    : encodeText(name);
  if (key.length > KEY_ROOM) throw wrong(name, 'ALGO-KEYMAT value makes buffer overflow\n');
  return key;
}

function keyText(key: Uint8Array): string {
  return `0x${Array.from(key, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Name, key and length of an algorithm.
 * @param lengthName what the length in bits is called; none without
 */
function algorithm(hasKey: boolean, lengthName?: string): ValueType<Algorithm> {
  return {
    label: ['ALGO-NAME', ...(hasKey ? ['ALGO-KEYMAT'] : []), ...(lengthName === undefined ? [] : [lengthName])].join(
      ' ',
    ),
    parse(cursor, keyword, _env, spec) {
      if (rivals[keyword]?.some(rival => rival in spec)) throw duplicate('ALGO-TYPE', keyword);
      const name = part(cursor, 'ALGO-NAME');
      const keyWord = hasKey ? part(cursor, 'ALGO-KEYMAT') : undefined;
      const word = lengthName === undefined ? undefined : part(cursor, lengthName);
      const length = word === undefined ? undefined : unsigned(word, 0xffffffff);
      if (word !== undefined && length === undefined) throw wrong(word, `${lengthName} value is invalid`);
      const key = keyWord === undefined ? new Uint8Array(0) : keyOf(keyWord);
      return {name, key, ...(length !== undefined && {length})};
    },
    format: ({name, key, length}) => [
      name,
      ...(hasKey ? [keyText(key)] : []),
      ...(length === undefined ? [] : [String(length)]),
    ],
  };
}

/** Terms of the algorithms. */
export function algorithms(): Readonly<Record<'enc' | 'auth' | 'authTrunc' | 'aead' | 'comp', Term<Algorithm>>> {
  return {
    enc: keyword('enc', algorithm(true)),
    auth: keyword('auth', algorithm(true)),
    authTrunc: keyword('auth-trunc', algorithm(true, 'ALGO-TRUNC-LEN')),
    aead: keyword('aead', algorithm(true, 'ALGO-ICV-LEN')),
    comp: keyword('comp', algorithm(false)),
  };
}

/** Algorithms and words of a transform: those it must have, and those it cannot have. */
export function checkAlgorithms(proto: number, spec: SpecBag): void {
  const {enc, auth, authTrunc, aead, comp} = spec;
  const has = (...algorithms: unknown[]): boolean => algorithms.some(one => one !== undefined);
  const of = `with XFRM-PROTO value "${transformName(proto)}"`;
  switch (proto) {
    case xfrmProtocols.esp:
      if (has(comp)) throw refuse(`ALGO-TYPE value "comp" is invalid ${of}`, 1);
      if (!has(enc, aead)) throw refuse(`ALGO-TYPE value "enc" or "aead" is required ${of}`, 1);
      return;
    case xfrmProtocols.ah:
      if (has(enc, aead, comp)) throw refuse(`ALGO-TYPE values "enc", "aead", and "comp" are invalid ${of}`, 1);
      if (!has(auth, authTrunc)) throw refuse(`ALGO-TYPE value "auth" or "auth-trunc" is required ${of}`, 1);
      return;
    case xfrmProtocols.comp:
      if (has(enc, auth, authTrunc, aead)) {
        throw refuse(`ALGO-TYPE values "enc", "auth", "auth-trunc", and "aead" are invalid ${of}`, 1);
      }
      if (!has(comp)) throw refuse(`ALGO-TYPE value "comp" is required ${of}`, 1);
      return;
    default:
      if (has(enc, auth, authTrunc, aead, comp)) throw refuse(`ALGO is invalid ${of}`, 1);
  }
}
