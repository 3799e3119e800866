import type {IpAddress} from '../addr/ip.js';
import {
  SEG6_CMD_DUMPHMAC,
  SEG6_CMD_GET_TUNSRC,
  SEG6_CMD_SET_TUNSRC,
  SEG6_CMD_SETHMAC,
  type Seg6,
  seg6Message,
} from '../genetlink/seg6.js';
import {wrong} from '../grammar/errors.js';
import {type ValueType, verb, verbs} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf} from '../grammar/values.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {words} from './deviceValue.js';
import {GenericFamily} from './generic.js';
import type {IpSession} from './session.js';
import {oneValue} from './wordValues.js';

/** By number. Source: uapi linux/seg6_hmac.h, SEG6_HMAC_ALGO_*. */
const algorithms = ['', 'sha1', 'sha256'];

/** Name of an algorithm. */
export function hmacAlgorithm(number: number): string {
  return algorithms[number] ?? 'unknown';
}

/** A key, all but its secret. */
interface HmacKey {
  readonly keyId: number;
  readonly algorithm: number;
}

const hmacKey: ValueType<HmacKey> = {
  label: 'KEYID { sha1 | sha256 }',
  parse(cursor) {
    const id = cursor.next();
    const keyId = unsigned(id, 0xffffffff);
    // Key 0 stands for no key in the kernel.
    if (keyId === undefined || keyId === 0) throw wrong(id, 'hmac KEYID value is invalid');
    const name = cursor.next();
    const algorithm = algorithms.indexOf(name);
    if (algorithm < 1) throw wrong(name, 'hmac ALGO value is invalid');
    return {keyId, algorithm};
  },
  format: ({keyId, algorithm}) => [String(keyId), hmacAlgorithm(algorithm)],
};

const source: ValueType<IpAddress> = {
  label: 'ADDRESS',
  complete: 'address',
  parse: cursor => addressOf(cursor.next(), AF_INET6),
  format: value => [value.toString()],
};

const unknown = (word: string): Error => wrong(word, 'unknown');

/** What `ip sr` is about. */
export const srVerbs = verbs('sr', [verb('hmac', words), verb('tunsrc', words)], {unknown});
/** Verbs of `ip sr hmac`. */
export const hmacVerbs = verbs('sr hmac', [verb('show', words), verb('set', oneValue(hmacKey))], {
  helpless: true,
  unknown,
});
/** Verbs of `ip sr tunsrc`. */
export const tunsrcVerbs = verbs('sr tunsrc', [verb('show', words), verb('set', oneValue(source))], {
  helpless: true,
  unknown,
});

/** Segment routing over IPv6. Source: ip-sr(8). */
export class SegmentRouting {
  readonly #family: GenericFamily<typeof seg6Message>;

  /** @throws {UsageError} where the kernel does not know it */
  constructor(session: IpSession) {
    this.#family = new GenericFamily('SEG6', seg6Message, session);
  }

  /** `ip sr hmac show`. */
  eachKey(take: (key: Seg6) => void): void {
    this.#family.dump(SEG6_CMD_DUMPHMAC, take);
  }

  /** `ip sr hmac set`; without a secret the key goes. */
  setKey({keyId, algorithm}: HmacKey, secret: Uint8Array): void {
    const key = secret.length === 0 ? {} : {secret};
    this.#family.change(SEG6_CMD_SETHMAC, {keyId, secretLength: secret.length, ...key, algorithm});
  }

  /** `ip sr tunsrc show`. */
  source(): Seg6 {
    return this.#family.connection.get(this.#family.request(SEG6_CMD_GET_TUNSRC));
  }

  /** `ip sr tunsrc set`. */
  setSource(dst: IpAddress): void {
    this.#family.change(SEG6_CMD_SET_TUNSRC, {dst});
  }
}
