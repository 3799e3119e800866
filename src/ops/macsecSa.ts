import {UsageError} from '../errors.js';
import {MACSEC_KEYID_LEN, MACSEC_MAX_KEY_LEN, MACSEC_SALT_LEN} from '../genetlink/macsec.js';
import {garbage, MISUSE, wrong} from '../grammar/errors.js';
import {choice, clause, type GrammarEnv, keyword, type Parsed, type ValueType} from '../grammar/grammar.js';
import {unsigned64} from '../grammar/numbers.js';
import {uint} from '../grammar/values.js';
import {hostIsLittleEndian} from '../netlink/writer.js';

/** Number of an association. */
export const associationNumber: ValueType<number> = uint(3, {label: '{ 0..3 }', text: 'expected an { 0..3 }'});

/** Bytes as hexadecimal digits; those behind the last that has room are passed over. */
function hexBytes(word: string, room: number, what: string): Uint8Array {
  const digits = word.slice(0, 2 * room);
  if (word.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw wrong(word, `expected ${what}`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

/** The same in a field of fixed size. */
function padded(bytes: Uint8Array, size: number): Uint8Array {
  const whole = new Uint8Array(size);
  whole.set(bytes);
  return whole;
}

const hexWord = (value: Uint8Array): string => Buffer.from(value).toString('hex');

const salt: ValueType<Uint8Array> = {
  label: 'SALT',
  parse: cursor => padded(hexBytes(cursor.next(), MACSEC_SALT_LEN, 'salt'), MACSEC_SALT_LEN),
  format: value => [hexWord(value)],
};

/** A key and the identifier that peers know it by. */
interface SaKey {
  readonly id: Uint8Array;
  readonly key: Uint8Array;
}

const saKey: ValueType<SaKey> = {
  label: 'ID KEY',
  parse(cursor) {
    const id = padded(hexBytes(cursor.next(), MACSEC_KEYID_LEN, 'key id'), MACSEC_KEYID_LEN);
    return {id, key: hexBytes(cursor.next(), MACSEC_MAX_KEY_LEN, 'key')};
  },
  format: ({id, key}) => [hexWord(id), hexWord(key)],
};

/** The next packet number, in bytes of the host: 4 or, for a suite of extended numbers, 8. */
function packetNumber(size: 4 | 8): ValueType<Uint8Array> {
  return {
    label: size === 4 ? 'U32' : 'U64',
    parse(cursor, name, _env, spec) {
      if (spec.pn !== undefined || spec.xpn !== undefined) throw garbage(name, name);
      const word = cursor.next();
      const value = unsigned64(word);
      const isNegative = /^\s*-/.test(word);
      if (value === undefined || (size === 4 && (isNegative || value > 0xffffffffn))) throw wrong(word, 'expected pn');
      if (value === 0n) throw wrong(word, 'expected pn != 0');
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      if (size === 4) view.setUint32(0, Number(value), hostIsLittleEndian());
      else view.setBigUint64(0, value, hostIsLittleEndian());
      return bytes;
    },
    format: bytes => [String(packetNumberOf(bytes))],
  };
}

/** The number in 4 or 8 bytes of the host; 0 where there are fewer. */
function packetNumberOf(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length >= 8) return view.getBigUint64(0, hostIsLittleEndian());
  return bytes.length >= 4 ? BigInt(view.getUint32(0, hostIsLittleEndian())) : 0n;
}

/** What the reference shows of a packet number: its lower 32 bits. */
export function lowPacketNumber(bytes: Uint8Array): number {
  return Number(packetNumberOf(bytes) & 0xffffffffn);
}

function unknown(word: string, env: GrammarEnv): UsageError {
  return new UsageError(MISUSE, [`macsec: unknown command "${word}"?`, ...(env.usage?.() ?? [])]);
}

/** Refuses a second word, whatever follows. */
const twice = (word: string): Error => garbage(word, word);

const active = () => choice({on: 1, off: 0}, {duplicate: word => garbage('on/off', word)});

/** Words about a receive channel. */
export const channel = clause(() => ({active: active()}), {unknown});

/** Words about an association. */
export const association = clause(
  () => ({
    pn: keyword('pn', packetNumber(4)),
    xpn: keyword('xpn', packetNumber(8)),
    salt: keyword('salt', salt, {duplicate: twice}),
    ssci: keyword('ssci', uint(0xffffffff, {label: 'U32', base: 16, text: 'expected ssci'}), {duplicate: twice}),
    key: keyword('key', saKey),
    active: active(),
  }),
  {unknown},
);

/** Words about an association, read. */
export type AssociationSpec = Parsed<typeof association>;
