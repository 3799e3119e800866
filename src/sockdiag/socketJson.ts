/** Parts of a `SocketRecord` that more than one program writes. */

import {AF_INET6, type IpAddress} from '../addr/ip.js';
import {codecOf} from '../netlink/codec.js';
import type {AnyMessage} from '../netlink/schema.js';
import {INET_DIAG_MSG_LENGTH, STATE_NAMES, TIMER_NAMES} from './constants.js';
import {u16} from './littleEndian.js';
import {inetReply, type SocketOf} from './otherInfo.js';
import type {Transport} from './requests.js';
import type {RfcState, SocketEnd, SocketRecord} from './socketRecord.js';

type AnySocket = SocketOf<Transport>;

/** By state number. */
const RFC_STATES: readonly (RfcState | null)[] = [
  null,
  'ESTABLISHED',
  'SYN-SENT',
  'SYN-RECEIVED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'CLOSED',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
];

/** Fields of a state. */
export function stateOf(state: number): Pick<SocketRecord, 'state' | 'rfcState'> {
  return {state: STATE_NAMES[state] ?? 'UNKNOWN', rfcState: RFC_STATES[state] ?? null};
}

/** Reads the inet_diag_msg in `buf[at..end)`. */
export function inetSocket(transport: Transport, buf: Uint8Array, at: number, end: number): AnySocket {
  return codecOf(inetReply(transport) as AnyMessage).decode(buf, at, attributesEnd(buf, at, end)) as AnySocket;
}

/** Where the attributes end: rows made of /proc have room behind them. */
function attributesEnd(buf: Uint8Array, at: number, end: number): number {
  let p = at + INET_DIAG_MSG_LENGTH;
  while (p + 4 <= end && u16(buf, p) >= 4) p += (u16(buf, p) + 3) & ~3;
  return Math.min(p, end);
}

/** What every record of an inet socket has. */
export function inetFields(
  socket: AnySocket,
  ifname: (index: number) => string,
): Pick<SocketRecord, 'state' | 'rfcState' | 'recvQ' | 'sendQ' | 'local' | 'peer'> {
  const star = socket.family === AF_INET6 && (socket.skv6only ?? 0) === 0;
  return {
    ...stateOf(socket.state),
    recvQ: socket.rqueue,
    sendQ: socket.wqueue,
    local: endOf(socket.src, socket.sport, star, socket.if === 0 ? undefined : ifname(socket.if)),
    peer: endOf(socket.dst, socket.dport, star, undefined),
  };
}

/** The timer, where one runs. */
export function timerFields({timer, expires, retrans}: AnySocket): Pick<SocketRecord, 'timer'> {
  return timer === 0 ? {} : {timer: {name: TIMER_NAMES[timer] ?? 'unknown', expires, retransmits: retrans}};
}

function endOf(address: IpAddress, port: number, star: boolean, name: string | undefined): SocketEnd {
  return {
    address: star && address.isUnspecified ? null : String(address),
    port: port === 0 ? null : port,
    ...(name !== undefined && {interface: name}),
  };
}
