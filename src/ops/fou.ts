import type {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {
  FOU_CMD_ADD,
  FOU_CMD_DEL,
  FOU_CMD_GET,
  FOU_ENCAP_DIRECT,
  FOU_ENCAP_GUE,
  type Fou,
  type FouRequest,
  fouMessage,
} from '../genetlink/fou.js';
import {wrong} from '../grammar/errors.js';
import {clause, flag, keyword, type Parsed, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf} from '../grammar/values.js';
import {Protocols} from '../names/services.js';
import {noAddress} from '../netlink/schema.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {checkedDevice, words} from './deviceValue.js';
import {GenericFamily} from './generic.js';
import type {IpSession} from './session.js';

/** A number above 0. */
function above0(label: string, what: string, max: number): ValueType<number> {
  return {
    label,
    parse(cursor) {
      const word = cursor.next();
      const value = unsigned(word, max);
      if (value === undefined || value === 0) throw wrong(word, `invalid ${what}`);
      return value;
    },
    format: value => [String(value)],
  };
}

const ipproto: ValueType<number> = {
  label: 'PROTO',
  parse(cursor) {
    const word = cursor.next();
    const value = unsigned(word, 255) ?? new Protocols().number(word);
    if (value === undefined || value === 0) throw wrong(word, 'invalid ipproto');
    return value;
  },
  format: value => [String(value)],
};

/** An address of the family that is settled so far. */
const address: ValueType<IpAddress | typeof noAddress> = {
  label: 'IFADDR',
  complete: 'address',
  parse(cursor, _keyword, env, spec) {
    const word = cursor.next();
    if (word === 'any' || word === 'all') return noAddress;
    return addressOf(word, spec.inet6 === true || env.family === AF_INET6 ? AF_INET6 : AF_INET);
  },
  format: value => [String(value)],
};

const port = clause(
  () => ({
    port: keyword('port', above0('PORT', 'port', 0xffff), {match: 'prefix'}),
    ipproto: keyword('ipproto', ipproto, {match: 'prefix'}),
    gue: flag('gue', {match: 'prefix'}),
    inet6: flag('-6'),
    local: keyword('local', address, {match: 'prefix'}),
    peer: keyword('peer', address, {match: 'prefix'}),
    peerPort: keyword('peer_port', above0('PORT', 'peer port', 0xffff), {match: 'prefix'}),
    dev: keyword('dev', checkedDevice, {match: 'prefix'}),
  }),
  {unknown: (word, env) => new UsageError(255, [`fou: unknown command "${word}"?`, ...(env.usage?.() ?? [])])},
);

/** Verbs of `ip fou`, in match order. */
export const fouVerbs = verbs('fou', [verb('add', port), verb('delete', port), verb('show', words)]);

/** What the user said about a port. */
export type FouSpec = Parsed<typeof port>;

/** The family, which is asked for before words are read. @throws {UsageError} where the kernel has none */
export function openFou(session: IpSession): GenericFamily<typeof fouMessage> {
  return new GenericFamily('fou', fouMessage, session);
}

/**
 * `ip fou add` and `del`.
 * @throws {UsageError} for words that do not go together
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeFou(
  name: 'add' | 'delete',
  spec: FouSpec,
  given: number,
  family: GenericFamily<typeof fouMessage>,
  session: IpSession,
): void {
  const isNew = name === 'add';
  const {port: number, ipproto: protocol, gue, local, peer, peerPort, dev} = spec;
  if (number === undefined) throw unfit('missing port');
  if (gue === true && protocol !== undefined) throw unfit('cannot set ipproto and gue');
  if (isNew && gue !== true && protocol === undefined) throw unfit('must set ipproto or gue');
  if ((peer === undefined) !== (peerPort === undefined)) throw unfit('both peer and peer port must be set');
  const af = spec.inet6 === true || given === AF_INET6 ? AF_INET6 : AF_INET;
  const is4 = af === AF_INET;
  const body: FouRequest = {
    port: number,
    type: gue === true ? FOU_ENCAP_GUE : FOU_ENCAP_DIRECT,
    af,
    ...(isNew && protocol !== undefined && {ipproto: protocol}),
    ...(local !== undefined && (is4 ? {localV4: local} : {localV6: local})),
    ...(peer !== undefined && (is4 ? {peerV4: peer} : {peerV6: peer})),
    ...(peerPort !== undefined && {peerPort}),
    ...(dev !== undefined && {ifindex: session.links.index(dev)}),
  };
  family.connection.request(family.request(isNew ? FOU_CMD_ADD : FOU_CMD_DEL, body));
}

/** Words that do not go together; the reference words it as a refusal of the kernel as well. */
function unfit(text: string): UsageError {
  return new UsageError(2, [`fou: ${text}`, 'RTNETLINK answers: Invalid argument']);
}

/** All ports, in the kernel's order. */
export function eachFou(family: GenericFamily<typeof fouMessage>, take: (row: Fou) => void): void {
  family.dump(FOU_CMD_GET, take);
}
