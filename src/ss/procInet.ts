import {AF_INET, AF_INET6} from '../addr/ip.js';
import {type ProcInetSocket, type ProcTcp, procInetSockets} from '../procfs/inetSockets.js';
import {INET_DIAG_MSG_LENGTH, INET_DIAG_SKV6ONLY} from '../sockdiag/constants.js';
import type {ListContext} from './context.js';
import {general} from './decimal.js';
import {chosenFamilies, inetRow} from './inetTable.js';
import {procFile} from './procFiles.js';
import {writeTimer} from './timer.js';

/** Transports that have files in /proc. */
export type ProcTransport = 'tcp' | 'udp' | 'raw';

/** The message and one attribute. */
const LENGTH = INET_DIAG_MSG_LENGTH + 8;
const RETRANSMIT = 1;
/** Time-out of a connection that is not yet measured, which is not shown. */
const INITIAL_RTO = 300;
const HZ = 100;

/**
 * Lists the sockets of one inet protocol from /proc: each becomes the message sock_diag would have sent, as far as /proc
 * knows. Of two families that were chosen both are listed, whichever was named last.
 */
export function listProcInet(context: ListContext, transport: ProcTransport): void {
  const {options, io, inetDetails} = context;
  const add = inetRow(context, transport);
  let socket: ProcInetSocket | undefined;
  if (inetDetails !== undefined) {
    const write = transport === 'tcp' ? writeTcpDetails : writeOwners;
    context.inetDetails = (): void => write(context, socket as ProcInetSocket);
  }
  for (const family of chosenFamilies(options)) {
    const name = family === AF_INET ? transport : (`${transport}6` as const);
    const found = procInetSockets(procFile(io.env, name), family === AF_INET ? 1 : 4);
    if (found === undefined) break;
    for (socket of found.sockets) {
      if ((options.states & (1 << socket.state)) !== 0) add(messageOf(socket, family), 0, LENGTH, 0, 0);
    }
    if (!found.isWhole) break;
  }
  context.inetDetails = inetDetails;
}

const message = new Uint8Array(LENGTH);
const view = new DataView(message.buffer);

/** The socket as struct inet_diag_msg; an IPv6 socket takes IPv4, too, for all that /proc tells. */
function messageOf(socket: ProcInetSocket, family: number): Uint8Array {
  message.fill(0);
  message[0] = family;
  message[1] = socket.state;
  view.setUint16(4, socket.localPort);
  view.setUint16(6, socket.peerPort);
  socket.local.forEach((word, i) => {
    view.setUint32(8 + i * 4, word, true);
  });
  socket.peer.forEach((word, i) => {
    view.setUint32(24 + i * 4, word, true);
  });
  view.setInt32(56, socket.rxQueue, true);
  view.setInt32(60, socket.txQueue, true);
  view.setUint32(64, socket.uid, true);
  view.setUint32(68, socket.ino, true);
  if (family === AF_INET6) {
    view.setUint16(INET_DIAG_MSG_LENGTH, 5, true);
    view.setUint16(INET_DIAG_MSG_LENGTH + 2, INET_DIAG_SKV6ONLY, true);
  }
  return message;
}

function writeOwners(context: ListContext, socket: ProcInetSocket): void {
  if (context.options.processes) context.writeOwners(socket.ino);
}

function writeTcpDetails(context: ListContext, socket: ProcInetSocket): void {
  const {details, options} = context;
  const {timer, when, retransmits, probes, uid, ino, sk, tcp} = socket;
  const repeated = timer === RETRANSMIT ? retransmits : probes;
  writeOwners(context, socket);
  if ((options.timers || options.extended || options.bpf > 0) && timer !== 0) {
    const ms = Math.floor((((Math.imul(when, 1000) >>> 0) + HZ - 1) >>> 0) / HZ);
    writeTimer(details, timer, ms, repeated);
  }
  if (options.extended) {
    if (uid !== 0) details.ascii(` uid:${uid}`);
    details.ascii(` ino:${ino} sk:${sk.toString(16)}`);
    if (tcp?.opt !== undefined) details.bytes(Buffer.from(` opt:"${tcp.opt}"`, 'latin1'));
  }
  if (options.info) writeInfo(context, tcp, repeated);
}

/** A line that does not go so far is that of a connection being closed: its window is 2. */
function writeInfo({details}: ListContext, tcp: ProcTcp | undefined, repeated: number): void {
  const {rto, ato, qack, cwnd, ssthresh} = tcp ?? {rto: 0, ato: 0, qack: 0, cwnd: 2, ssthresh: -1};
  if (rto !== 0 && rto !== INITIAL_RTO) details.ascii(` rto:${seconds(rto)}`);
  if (ato !== 0) details.ascii(` ato:${seconds(ato)}`);
  const quick = Math.trunc(qack / 2);
  if (quick !== 0) details.ascii(` qack:${quick}`);
  if ((quick & 1) !== 0) details.ascii(' bidir');
  if (cwnd !== 0) details.ascii(` cwnd:${cwnd}`);
  if (ssthresh !== 0 && ssthresh !== -1) details.ascii(` ssthresh:${ssthresh}`);
  if (repeated !== 0) details.ascii(` retrans:${repeated >>> 0}/0`);
  details.ascii(' reordering:0');
}

function seconds(hundredths: number): string {
  return `${hundredths < 0 ? '-' : ''}${general(Math.abs(hundredths) / HZ)}`;
}
