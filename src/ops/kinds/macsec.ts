import {UsageError} from '../../errors.js';
import {refuse, wrong} from '../../grammar/errors.js';
import {type Clause, clause, keyword, type SpecBag, type Terms, type ValueType} from '../../grammar/grammar.js';
import {scan, unsigned} from '../../grammar/numbers.js';
import {lladdrOf} from '../../grammar/values.js';
import {offOn, wordOf} from '../linkValues.js';
import {kindUsage, type LinkKind} from './kind.js';
import {number} from './values.js';

/** MACSEC_CIPHER_ID_* and MACSEC_DEFAULT_CIPHER_ID. Source: uapi linux/if_macsec.h. */
const ciphers: Readonly<Record<string, bigint>> = {
  default: 0x0080020001000001n,
  'gcm-aes-128': 0x0080c20001000001n,
  'gcm-aes-256': 0x0080c20001000002n,
  'gcm-aes-xpn-128': 0x0080c20001000003n,
  'gcm-aes-xpn-256': 0x0080c20001000004n,
};

const cipher: ValueType<bigint> = {
  label: `{ ${Object.keys(ciphers).join(' | ')} }`,
  complete: Object.keys(ciphers),
  parse(cursor) {
    const word = cursor.next();
    const value = Object.hasOwn(ciphers, word) ? ciphers[word] : undefined;
    if (value !== undefined) return value;
    const names = Object.keys(ciphers);
    throw wrong(word, `expected: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`);
  },
  format: value => [Object.keys(ciphers).find(name => ciphers[name] === value) ?? ''],
};

/** Source: uapi linux/if_link.h, MACSEC_VALIDATE_*, MACSEC_OFFLOAD_*. */
const validation = wordOf(['disabled', 'check', 'strict'], 1);
/** Where the work of MACsec is done. */
export const offload = wordOf(['off', 'phy', 'mac'], 1);

/** Secure channel identifier: 16 hexadecimal digits. */
export const sci: ValueType<bigint> = {
  label: 'SCI',
  parse(cursor) {
    const word = cursor.next();
    const {value, end, overflow} = scan(word, 16);
    if (end === 0 || end !== word.length || overflow) throw wrong(word, 'expected sci');
    return value;
  },
  format: value => [value.toString(16)],
};

/** Port of a secure channel. */
export const port: ValueType<number> = {
  label: '{ 1..2^16-1 }',
  parse(cursor) {
    const word = cursor.next();
    const value = unsigned(word, 0xffff);
    if (value === undefined) throw wrong(word, 'expected port');
    if (value === 0) throw wrong(word, 'expected port != 0');
    return value;
  },
  format: value => [String(value)],
};

/** Address of the station that a secure channel begins at. */
export const address: ValueType<Uint8Array> = {
  label: 'LLADDR',
  complete: 'lladdr',
  parse(cursor) {
    const word = cursor.next();
    try {
      return lladdrOf(word);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // The reference cuts the word at its first colon while it reads.
      const [first = ''] = word.includes('.') ? [word] : word.split(':');
      throw new UsageError(255, [...error.lines, `Error: argument "${first}" is wrong: expected lladdr`]);
    }
  },
  format: value => [
    Buffer.from(value)
      .toString('hex')
      .replace(/..(?!$)/g, '$&:'),
  ],
};

const icvLength: ValueType<number> = {
  label: '{ 8..16 }',
  parse(cursor) {
    const word = cursor.next();
    const value = unsigned(word, 0xff, 10);
    if (value === undefined) throw wrong(word, 'expected ICV length');
    if (value < 8 || value > 16) throw wrong(word, 'ICV length must be in the range {8..16}');
    return value;
  },
  format: value => [String(value)],
};

const onOff = offOn(1);

/** A value that starts the line, or follows `address` where `after` says so; anywhere else its keyword is unknown. */
function leading<V>(value: ValueType<V>, after: (keyword: string) => Error | undefined = unknown): ValueType<V> {
  return {
    ...value,
    parse(cursor, keyword, env, spec) {
      const keys = Object.keys(spec);
      const error =
        keys.length === 0 ? undefined : keys.length === 1 && 'address' in spec ? after(keyword) : unknown(keyword);
      if (error !== undefined) throw error;
      return value.parse(cursor, keyword, env, spec);
    },
  };
}

function unknown(word: string): UsageError {
  return new UsageError(1, [`macsec: unknown command "${word}"?`, ...kindUsage(macsec())]);
}

/** Options of a MACsec device, in match order. Even `help` is unknown to it. */
const options: Clause<Terms> = clause(
  () => ({
    address: keyword('address', leading(address)),
    port: keyword(
      'port',
      leading(port, () => undefined),
    ),
    sci: keyword(
      'sci',
      leading(sci, keyword => wrong(keyword, 'expected port')),
    ),
    cipherSuite: keyword('cipher', cipher, {duplicate: 'error'}),
    icvLen: keyword('icvlen', icvLength, {duplicate: 'error'}),
    encrypt: keyword('encrypt', onOff),
    incSci: keyword('send_sci', onOff),
    es: keyword('end_station', onOff),
    scb: keyword('scb', onOff),
    protect: keyword('protect', onOff),
    replayProtect: keyword('replay', onOff),
    window: keyword('window', number(0xffffffff, 'expected replay window size')),
    validation: keyword('validate', validation),
    encodingSa: keyword('encodingsa', number(3, 'expected an { 0..3 }')),
    offload: keyword('offload', offload),
  }),
  {unknown},
);

/** A window as wide as the packet number stands for none. */
const NO_WINDOW = 0xffffffff;

/** The channel first; suite, length, window and association last. */
function data(spec: SpecBag): SpecBag {
  const {
    address: mac,
    port: number_,
    sci: channel,
    cipherSuite,
    icvLen,
    replayProtect,
    window,
    encodingSa,
    ...rest
  } = spec;
  check(spec);
  const attributes: SpecBag = {};
  if (channel !== undefined) attributes.sci = channel;
  else if (mac !== undefined && number_ !== undefined) attributes.sci = channelOf(mac, number_);
  else if (mac !== undefined || number_ !== undefined) attributes.port = number_ ?? 0;
  Object.assign(attributes, rest);
  if (cipherSuite !== undefined) attributes.cipherSuite = cipherSuite;
  if (icvLen !== undefined) attributes.icvLen = icvLen;
  if (replayProtect !== undefined) {
    attributes.window = window ?? NO_WINDOW;
    attributes.replayProtect = replayProtect;
  }
  if (encodingSa !== undefined) attributes.encodingSa = encodingSa;
  return attributes;
}

function check({replayProtect, window, incSci, es, scb}: SpecBag): void {
  if (replayProtect === undefined && window !== undefined) {
    throw refuse(`replay window set, but replay protection not enabled. did you mean 'replay on window ${window}'?`, 1);
  }
  if (replayProtect === 1 && window === undefined) {
    throw refuse("replay protection enabled, but no window set. did you mean 'replay on window VALUE'?", 1);
  }
  // The station's own address stands for the channel, so that at most one may be asked for.
  if ((incSci ?? 0) + (es ?? 0) + (scb ?? 0) > 1) throw refuse('invalid combination of send_sci/end_station/scb', 1);
}

/** A channel is an address and a port. Source: IEEE 802.1AE, 7.1.2. */
export function channelOf(mac: Uint8Array, portNumber: number): bigint {
  let value = 0n;
  for (let i = 0; i < 6; i++) value = (value << 8n) | BigInt(mac[i] ?? 0);
  return (value << 16n) | BigInt(portNumber);
}

/** `type macsec`. */
export const macsec = (): LinkKind => ({name: 'macsec', options, data});
