import type {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {
  L2TP_CMD_SESSION_CREATE,
  L2TP_CMD_SESSION_DELETE,
  L2TP_CMD_SESSION_GET,
  L2TP_CMD_TUNNEL_CREATE,
  L2TP_CMD_TUNNEL_DELETE,
  L2TP_CMD_TUNNEL_GET,
  L2TP_ENCAPTYPE_IP,
  L2TP_ENCAPTYPE_UDP,
  L2TP_L2SPECTYPE_DEFAULT,
  L2TP_L2SPECTYPE_NONE,
  L2TP_PWTYPE_ETH,
  type L2tp,
  type L2tpRequest,
  l2tpMessage,
} from '../genetlink/l2tp.js';
import {refuse, usageError, wrong} from '../grammar/errors.js';
import {choice, clause, help, keyword, type Parsed, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {address, uint} from '../grammar/values.js';
import {AF_INET} from '../rtnetlink/constants.js';
import {GenericFamily} from './generic.js';
import {deviceName} from './newName.js';
import type {IpSession} from './session.js';
import {oneOf} from './wordValues.js';

const PROTO_VERSION = 3;
/** Bytes of the default layer 2 header. */
const L2SPEC_LENGTH = 4;

const id = uint(0xffffffff, {label: 'ID', text: 'invalid ID\n'});
const port = uint(0xffff, {label: 'PORT', text: 'invalid port\n'});

const onOff = oneOf({on: true, off: false}, (word, keyword) => wrong(word, `invalid option for ${keyword}\n`));

/** Four or eight bytes in hexadecimal digits. */
const cookie: ValueType<Uint8Array> = {
  label: 'HEXSTR',
  parse(cursor) {
    const word = cursor.next();
    if (word.length !== 8 && word.length !== 16) throw wrong(word, 'cookie must be either 8 or 16 hex digits\n');
    if (!/^[0-9a-fA-F]+$/.test(word)) throw wrong(word, 'cookie must be a hex string\n');
    return Uint8Array.from(word.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
  },
  format: value => [Array.from(value, byte => byte.toString(16).padStart(2, '0')).join('')],
};

/** What the kernel no longer has; the reference tells so and goes on. */
const obsolete: ValueType<string> = {
  label: 'OFFSET',
  parse: cursor => cursor.next(),
  format: value => [value],
};

/** An address on its own: the other end may be of another family, which the kernel judges. */
const anyAddress: ValueType<IpAddress> = {
  ...address,
  parse: (cursor, keyword, env, spec) => address.parse(cursor, keyword, {...env}, spec),
};

const words = clause(
  () => ({
    encap: keyword(
      'encap',
      oneOf({ip: L2TP_ENCAPTYPE_IP, udp: L2TP_ENCAPTYPE_UDP}, word => refuse(`Unknown tunnel encapsulation "${word}"`)),
    ),
    name: keyword('name', deviceName),
    remote: keyword('remote', anyAddress),
    local: keyword('local', anyAddress),
    tunnelId: keyword('tunnel_id', id),
    peerTunnelId: keyword('peer_tunnel_id', id),
    sessionId: keyword('session_id', id),
    peerSessionId: keyword('peer_session_id', id),
    udpSport: keyword('udp_sport', port),
    udpDport: keyword('udp_dport', port),
    udpCsum: keyword('udp_csum', onOff),
    csum6Rx: keyword('udp6_csum_rx', onOff),
    csum6Tx: keyword('udp6_csum_tx', onOff),
    offset: keyword('offset', obsolete),
    peerOffset: keyword('peer_offset', obsolete),
    cookie: keyword('cookie', cookie),
    peerCookie: keyword('peer_cookie', cookie),
    l2spec: keyword(
      'l2spec_type',
      oneOf({default: L2TP_L2SPECTYPE_DEFAULT, none: L2TP_L2SPECTYPE_NONE}, word =>
        refuse(`Unknown layer2specific header type "${word}"`),
      ),
    ),
    seq: keyword(
      'seq',
      oneOf({both: 'both', none: 'none', recv: 'recv', send: 'send'} as const, word =>
        refuse(`Unknown seq value "${word}"`),
      ),
    ),
    what: choice({tunnel: 'tunnel', session: 'session'}),
    help: help(),
  }),
  {unknown: (word, env) => new UsageError(255, [`Unknown command: ${word}`, ...(env.usage?.() ?? [])])},
);

/** Verbs of `ip l2tp`, in match order. */
export const l2tpVerbs = verbs('l2tp', [
  verb('add', words),
  verb('delete', words),
  verb('show', words, {as: ['list', 'lst']}),
]);

/** What the user said. */
export type L2tpSpec = Parsed<typeof words>;

/** The family, which is asked for before words are read. @throws {UsageError} where the kernel has none */
export function openL2tp(session: IpSession): GenericFamily<typeof l2tpMessage> {
  return new GenericFamily('l2tp', l2tpMessage, session);
}

type Family = ReturnType<typeof openL2tp>;

/** @throws {UsageError} when neither a tunnel nor a session is named */
export function checkWhat(spec: L2tpSpec, usage: () => readonly string[]): 'tunnel' | 'session' {
  if (spec.what === undefined) throw usageError(usage());
  return spec.what;
}

function required<V>(value: V | undefined, name: string): V {
  if (value === undefined || value === 0) throw refuse(`Error: argument "${name}" is required`);
  return value;
}

/** Words that the reference passes over, told before anything is done. */
export function obsoleteWords({offset, peerOffset}: L2tpSpec): string[] {
  return [...(offset === undefined ? [] : ['offset']), ...(peerOffset === undefined ? [] : ['peer_offset'])];
}

/** `ip l2tp add`. @throws {UsageError | NetlinkError} */
export function addL2tp(what: 'tunnel' | 'session', spec: L2tpSpec, family: Family): void {
  const [cmd, body] =
    what === 'tunnel' ? [L2TP_CMD_TUNNEL_CREATE, tunnelBody(spec)] : [L2TP_CMD_SESSION_CREATE, sessionBody(spec)];
  family.connection.request(family.request(cmd, body));
}

function tunnelBody(spec: L2tpSpec): L2tpRequest {
  const connId = required(spec.tunnelId, 'tunnel_id');
  const peerConnId = required(spec.peerTunnelId, 'peer_tunnel_id');
  const local = specific(spec.local, 'local');
  const remote = specific(spec.remote, 'remote');
  const encapType = spec.encap ?? L2TP_ENCAPTYPE_UDP;
  const body: L2tpRequest = {
    connId,
    peerConnId,
    protoVersion: PROTO_VERSION,
    encapType,
    ...(local.family === AF_INET ? {ipSaddr: local} : {ip6Saddr: local}),
    ...(remote.family === AF_INET ? {ipDaddr: remote} : {ip6Daddr: remote}),
  };
  if (encapType !== L2TP_ENCAPTYPE_UDP) return body;
  return {
    ...body,
    udpSport: required(spec.udpSport, 'udp_sport'),
    udpDport: required(spec.udpDport, 'udp_dport'),
    ...(spec.udpCsum === true && {udpCsum: 1}),
    ...(spec.csum6Tx === false && {udpZeroCsum6Tx: true as const}),
    ...(spec.csum6Rx === false && {udpZeroCsum6Rx: true as const}),
  };
}

function specific(value: IpAddress | undefined, name: string): IpAddress {
  return required(value?.isUnspecified === true ? undefined : value, name);
}

function sessionBody(spec: L2tpSpec): L2tpRequest {
  const connId = required(spec.tunnelId, 'tunnel_id');
  const peerSessionId = required(spec.peerSessionId, 'peer_session_id');
  const sessionId = required(spec.sessionId, 'session_id');
  const isPlain = spec.l2spec === L2TP_L2SPECTYPE_NONE;
  const {seq, name} = spec;
  return {
    connId,
    peerConnId: spec.peerTunnelId ?? 0,
    sessionId,
    peerSessionId,
    pwType: L2TP_PWTYPE_ETH,
    l2specType: spec.l2spec ?? L2TP_L2SPECTYPE_DEFAULT,
    l2specLen: isPlain ? 0 : L2SPEC_LENGTH,
    ...((seq === 'both' || seq === 'recv') && {recvSeq: 1}),
    ...((seq === 'both' || seq === 'send') && {sendSeq: 1}),
    ...(spec.cookie !== undefined && {cookie: spec.cookie}),
    ...(spec.peerCookie !== undefined && {peerCookie: spec.peerCookie}),
    ...(name !== undefined && {ifname: name}),
  };
}

/** `ip l2tp del`. @throws {UsageError | NetlinkError} */
export function deleteL2tp(what: 'tunnel' | 'session', spec: L2tpSpec, family: Family): void {
  const {tunnelId: connId = 0} = spec;
  const [cmd, body] =
    what === 'tunnel'
      ? [L2TP_CMD_TUNNEL_DELETE, {connId: required(spec.tunnelId, 'tunnel_id')}]
      : [L2TP_CMD_SESSION_DELETE, {connId, sessionId: required(spec.sessionId, 'session_id')}];
  family.connection.request(family.request(cmd, body));
}

/** A tunnel or session with the addresses of its ends. */
export interface L2tpRow {
  readonly record: L2tp;
  readonly local: IpAddress | undefined;
  readonly peer: IpAddress | undefined;
}

/** What is shown from an earlier record where one lacks it. */
const KEPT = ['ifname', 'recvSeq', 'sendSeq', 'cookie', 'peerCookie', 'recvTimeout', 'udpSport', 'udpDport'] as const;

/**
 * All tunnels or sessions: the kernel does not mind words that choose some.
 * The reference reads each into the place of the one before, so what one lacks is shown from those before it.
 */
export function eachL2tp(what: 'tunnel' | 'session', family: Family, take: (row: L2tpRow) => void): void {
  const kept: Record<string, unknown> = {};
  let local: IpAddress | undefined;
  let peer: IpAddress | undefined;
  family.dump(what === 'tunnel' ? L2TP_CMD_TUNNEL_GET : L2TP_CMD_SESSION_GET, record => {
    for (const key of KEPT) if (record[key] !== undefined) kept[key] = record[key];
    local = record.ipSaddr ?? record.ip6Saddr ?? local;
    peer = record.ipDaddr ?? record.ip6Daddr ?? peer;
    take({record: {...record, ...kept}, local, peer});
  });
}
