import {L2TP_ENCAPTYPE_IP, L2TP_ENCAPTYPE_UDP} from '../../genetlink/l2tp.js';
import type {L2tpRow} from '../../ops/l2tp.js';
import {custom, field, line, literal, view, when} from '../../view/field.js';
import {address, bool, counter64, present, text, uint, word} from '../../view/kinds.js';

type Row = L2tpRow;

const encapsulations: Readonly<Record<number, string>> = {[L2TP_ENCAPTYPE_UDP]: 'UDP', [L2TP_ENCAPTYPE_IP]: 'IP'};

const isUdp = ({record}: Row): boolean => record.encapType === L2TP_ENCAPTYPE_UDP;
const isInet6 = ({record}: Row): boolean => record.ip6Saddr !== undefined;
const sends = ({record}: Row): boolean => record.udpZeroCsum6Tx === undefined;
const receives = ({record}: Row): boolean => record.udpZeroCsum6Rx === undefined;

function checksums(r: Row): string {
  if (!isInet6(r)) return (r.record.udpCsum ?? 0) !== 0 ? 'enabled' : 'disabled';
  if (sends(r)) return receives(r) ? 'enabled' : 'tx';
  return receives(r) ? 'rx' : 'disabled';
}

/** One tunnel, with the end of its last line. */
export const l2tpTunnelView = view<Row>([
  field('tunnel_id', 'Tunnel %s, ', uint, r => r.record.connId ?? 0),
  field('encap', 'encap %s', word, r => encapsulations[r.record.encapType ?? 0] ?? '??'),
  line(''),
  field('local', '  From %s ', address, r => r.local),
  field('peer', 'to %s', address, r => r.peer),
  line(''),
  field('peer_tunnel', '  Peer tunnel %s', uint, r => r.record.peerConnId ?? 0),
  line(''),
  when(isUdp, [
    field('local_port', '  UDP source / dest ports: %s', uint, r => r.record.udpSport ?? 0),
    field('peer_port', '/%s', uint, r => r.record.udpDport ?? 0),
    line(''),
    // The end of the last line does not become a backslash.
    custom((out, r) => out.ascii(`  UDP checksum: ${checksums(r)}\n`), null),
    when(isInet6, [field('checksum_tx', null, bool, sends), field('checksum_rx', null, bool, receives)]),
    field('checksum', null, bool, r => (isInet6(r) ? undefined : (r.record.udpCsum ?? 0) !== 0)),
  ]),
]);

function hex(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  let out = '';
  for (const byte of bytes) out += byte.toString(16).padStart(2, '0');
  return out;
}

const isSet = (value: number | undefined): true | undefined => ((value ?? 0) !== 0 ? true : undefined);

/** One session, with the end of its last line. */
export const l2tpSessionView = view<Row>([
  field('session_id', 'Session %s', uint, r => r.record.sessionId ?? 0),
  field('tunnel_id', ' in tunnel %s', uint, r => r.record.connId ?? 0),
  line(''),
  field('peer_session_id', '  Peer session %s', uint, r => r.record.peerSessionId ?? 0),
  field('peer_tunnel_id', ', tunnel %s', uint, r => r.record.peerConnId ?? 0),
  line(''),
  field('interface', '  interface name: %s', text, r => r.record.ifname),
  when(r => r.record.ifname !== undefined, [line('')]),
  // No kernel has offsets any more.
  literal('  offset 0, peer offset 0\n'),
  field('cookie', '  cookie %s', word, r => hex(r.record.cookie)),
  field('peer_cookie', '  peer cookie %s', word, r => hex(r.record.peerCookie)),
  field('reorder_timeout', '  reorder timeout: %s', counter64, r => r.record.recvTimeout || undefined),
  when(r => isSet(r.record.sendSeq) ?? isSet(r.record.recvSeq) ?? false, [line(''), literal('  sequence numbering:')]),
  field('send_seq', ' send', present, r => isSet(r.record.sendSeq)),
  field('recv_seq', ' recv', present, r => isSet(r.record.recvSeq)),
  literal('\n'),
]);
