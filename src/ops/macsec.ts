import {UsageError} from '../errors.js';
import {
  MACSEC_CMD_ADD_RXSA,
  MACSEC_CMD_ADD_RXSC,
  MACSEC_CMD_ADD_TXSA,
  MACSEC_CMD_DEL_RXSA,
  MACSEC_CMD_DEL_RXSC,
  MACSEC_CMD_DEL_TXSA,
  MACSEC_CMD_GET_TXSC,
  MACSEC_CMD_UPD_OFFLOAD,
  MACSEC_CMD_UPD_RXSA,
  MACSEC_CMD_UPD_RXSC,
  MACSEC_CMD_UPD_TXSA,
  type MacsecDevice,
  type MacsecRequest,
  type MacsecSaRequest,
  type MacsecSecy,
  macsecMessage,
} from '../genetlink/macsec.js';
import {MISUSE, refuse, usageError, wrong} from '../grammar/errors.js';
import {type Cursor, type GrammarEnv, parseClause, verb, verbs} from '../grammar/grammar.js';
import {words} from './deviceValue.js';
import {GenericFamily} from './generic.js';
import {channelOf, offload, address as stationAddress, port as stationPort, sci as wholeSci} from './kinds/macsec.js';
import {type AssociationSpec, association, associationNumber, channel} from './macsecSa.js';
import type {IpSession} from './session.js';

const usage = [
  'Usage: ip macsec { add | set | del } DEV tx sa { 0..3 } [ OPTS ] [ key ID KEY ]',
  '       ip macsec { add | set | del } DEV rx SCI [ on | off ]',
  '       ip macsec { add | set | del } DEV rx SCI sa { 0..3 } [ OPTS ] [ key ID KEY ]',
  '       ip macsec offload DEV { off | phy | mac }',
  '       ip macsec show [ DEV ]',
  'SCI  := { sci U64 | port { 1..65535 } address LLADDR }',
  'OPTS := [ pn U32 | xpn U64 ] [ salt SALT ] [ ssci U32 ] [ on | off ]',
  'ID, KEY and SALT in hexadecimal: 16, up to 128, and 12 bytes',
];

/** Verbs of `ip macsec`, in match order. Their words follow one another, as {@link readChange} reads them. */
export const macsecVerbs = verbs(
  'macsec',
  [verb('add', words), verb('show', words), verb('set', words), verb('delete', words), verb('offload', words)],
  {usage: () => usage},
);

type Family = GenericFamily<typeof macsecMessage>;

/** What is done to a channel or an association. */
export type Change = 'add' | 'set' | 'delete';

/** The family, which is asked for before words are read. @throws {UsageError} where the kernel has none */
export function openMacsec(session: IpSession): Family {
  return new GenericFamily('macsec', macsecMessage, session);
}

/**
 * The device that comes first.
 * @returns its index
 * @throws {UsageError} without a word, or `Device "x" does not exist.`
 */
export function takeDevice(cursor: Cursor, {links}: Pick<IpSession, 'links'>): number {
  if (cursor.done) throw usageError(usage);
  const name = cursor.next();
  const index = links.index(name);
  if (index === 0) throw new UsageError(1, `Device "${name}" does not exist.`);
  return index;
}

const commands = {
  rxsc: {add: MACSEC_CMD_ADD_RXSC, set: MACSEC_CMD_UPD_RXSC, delete: MACSEC_CMD_DEL_RXSC},
  rxsa: {add: MACSEC_CMD_ADD_RXSA, set: MACSEC_CMD_UPD_RXSA, delete: MACSEC_CMD_DEL_RXSA},
  txsa: {add: MACSEC_CMD_ADD_TXSA, set: MACSEC_CMD_UPD_TXSA, delete: MACSEC_CMD_DEL_TXSA},
};

/**
 * The words of a change behind its verb: `DEV tx sa AN ...`, `DEV rx SCI [ sa AN ] ...`. What follows a channel or an
 * association to be deleted is passed over.
 * @throws {UsageError} at the first word that does not fit
 */
export function readChange(
  change: Change,
  cursor: Cursor,
  env: GrammarEnv,
  session: Pick<IpSession, 'links'>,
): {readonly cmd: number; readonly body: MacsecRequest} {
  const ifindex = takeDevice(cursor, session);
  const direction = cursor.done ? undefined : cursor.next();
  if (direction === 'rx') {
    const rxscConfig = {sci: readChannel(cursor, env)};
    if (cursor.peek() !== 'sa') {
      const {active} = change === 'delete' ? {} : parseClause(channel, cursor, env);
      const body = {ifindex, rxscConfig: {...rxscConfig, ...(active !== undefined && {active})}};
      return {cmd: commands.rxsc[change], body};
    }
    return {cmd: commands.rxsa[change], body: {ifindex, rxscConfig, saConfig: readAssociation(change, cursor, env)}};
  }
  if (direction !== 'tx' || cursor.peek() !== 'sa') throw usageError(usage);
  return {cmd: commands.txsa[change], body: {ifindex, saConfig: readAssociation(change, cursor, env)}};
}

/** `sci U64`, or an address and a port in either order. */
function readChannel(cursor: Cursor, env: GrammarEnv): bigint {
  let mac: Uint8Array | undefined;
  let number: number | undefined;
  while ((mac === undefined || number === undefined) && !cursor.done) {
    const word = cursor.next();
    if (word === 'address') mac = stationAddress.parse(cursor, word, env, {});
    else if (word === 'port') number = stationPort.parse(cursor, word, env, {});
    else if (word !== 'sci') throw wrong(word, 'expected sci, port, or address');
    else if (mac === undefined && number === undefined) return wholeSci.parse(cursor, word, env, {});
    else throw wrong(word, `expected ${mac === undefined ? 'address' : 'port'}`);
  }
  if (mac === undefined || number === undefined) throw new UsageError(MISUSE, ['expected sci', ...usage]);
  return channelOf(mac, number);
}

function readAssociation(change: Change, cursor: Cursor, env: GrammarEnv): MacsecSaRequest {
  const keyword = cursor.next();
  const an = associationNumber.parse(cursor, keyword, env, {});
  if (change === 'delete') return {an};
  const spec = parseClause(association, cursor, env);
  check(change, spec);
  const {pn, xpn, salt, ssci, active} = spec;
  const key = keyOf(spec);
  return {
    an,
    ...(pn !== undefined && {pn}),
    // Without an extended number the reference leaves out what belongs to one.
    ...(xpn !== undefined && {
      pn: xpn,
      ...(salt !== undefined && {salt}),
      ...(ssci !== undefined && {ssci}),
    }),
    ...(key !== undefined && {keyId: key.id, key: key.key}),
    ...(active !== undefined && {active}),
  };
}

/** A key without bytes is none. */
function keyOf({key}: AssociationSpec): AssociationSpec['key'] {
  return key === undefined || key.key.length === 0 ? undefined : key;
}

function check(change: 'add' | 'set', spec: AssociationSpec): void {
  const hasKey = keyOf(spec) !== undefined;
  if (change === 'set') {
    if (hasKey) throw refuse('cannot change key on SA', 1);
    return;
  }
  if (!hasKey) throw refuse('cannot create SA without key', 1);
  if (spec.pn === undefined && spec.xpn === undefined) throw refuse('must specify a packet number != 0', 1);
}

/**
 * The words of `ip macsec offload`.
 * @throws {UsageError} for the wrong ones
 */
export function readOffload(cursor: Cursor, env: GrammarEnv, session: Pick<IpSession, 'links'>): MacsecRequest {
  const ifindex = takeDevice(cursor, session);
  if (cursor.done) throw usageError(usage);
  try {
    return {ifindex, offload: {type: offload.parse(cursor, 'offload', env, {})}};
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(MISUSE, [...error.lines, ...usage]);
    throw error;
  }
}

/** @throws {NetlinkError} when the kernel refuses */
export function setOffload(body: MacsecRequest, family: Family): void {
  family.connection.request(family.request(MACSEC_CMD_UPD_OFFLOAD, body));
}

/** A device about which the kernel told all it has to. */
export type WholeDevice = MacsecDevice & {readonly ifindex: number; readonly secy: MacsecSecy};

const needed = ['ifindex', 'secy', 'txsaList', 'rxscList', 'txscStats', 'secyStats'] as const;
const neededOfSecy = [
  'sci',
  'encodingSa',
  'cipherSuite',
  'icvLen',
  'protect',
  'replay',
  'oper',
  'validate',
  'encrypt',
  'incSci',
  'es',
  'scb',
] as const;

function isWhole(device: MacsecDevice): device is WholeDevice {
  const {secy} = device;
  return needed.every(key => device[key] !== undefined) && neededOfSecy.every(key => secy?.[key] !== undefined);
}

/**
 * All devices, or the one.
 * @param index 0 for all
 * @throws {UsageError} when the kernel refuses, or leaves something out
 */
export function eachMacsec(index: number, family: Family, take: (device: WholeDevice) => void): void {
  family.dump(MACSEC_CMD_GET_TXSC, device => {
    if (!isWhole(device)) throw new UsageError(1, ['incomplete dump message', 'Dump terminated']);
    if (index === 0 || device.ifindex === index) take(device);
  });
}
