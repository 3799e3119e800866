import type {Request} from '../netlink/message.js';
import {
  IPPROTO_DCCP,
  IPPROTO_MPTCP,
  IPPROTO_RAW,
  IPPROTO_SCTP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DESTROY,
  SOCK_DIAG_BY_FAMILY,
} from './constants.js';
import {type InetSocket, inetDiag, inetDiagRequest} from './inet.js';
import {ALL_STATES} from './states.js';

/** Transport whose sockets are listed. */
export type Transport = 'tcp' | 'udp' | 'raw' | 'dccp' | 'sctp' | 'mptcp';

/** Protocol numbers by transport. */
export const PROTOCOLS: Readonly<Record<Transport, number>> = {
  tcp: IPPROTO_TCP,
  udp: IPPROTO_UDP,
  raw: IPPROTO_RAW,
  dccp: IPPROTO_DCCP,
  sctp: IPPROTO_SCTP,
  mptcp: IPPROTO_MPTCP,
};

/** What does not fit the byte of a request goes into an attribute, with TCP in the byte. */
const MAX_BYTE = 255;

/** What a dump of inet sockets asks for. */
export interface InetDump {
  /** AF_INET or AF_INET6; one dump has one family. */
  readonly family: number;
  readonly transport: Transport;
  /** Mask of states; all when absent. */
  readonly states?: number;
  /** INET_DIAG_ numbers (1 to 8) of the attributes wanted beside those that always come. */
  readonly attributes?: readonly number[];
  /** Filter program that runs in the kernel. */
  readonly bytecode?: Uint8Array | undefined;
}

/** Field `idiag_ext` of a request. @param attributes INET_DIAG_ numbers from 1 to 8 */
export function extensionBits(attributes: readonly number[]): number {
  let bits = 0;
  for (const number of attributes) bits |= 1 << (number - 1);
  return bits;
}

/**
 * The dump of one family and transport: `ss -4 -t`.
 * Source: sock_diag(7); bytes as ss 6.1 sends them.
 */
export function inetDump(dump: InetDump): Request<typeof inetDiagRequest, typeof inetDiag> {
  const ext = extensionBits(dump.attributes ?? []);
  const protocol = PROTOCOLS[dump.transport];
  const wide = protocol > MAX_BYTE;
  return {
    type: SOCK_DIAG_BY_FAMILY,
    name: 'SOCK_DIAG_BY_FAMILY',
    flags: 0,
    message: inetDiagRequest,
    body: {
      family: dump.family,
      protocol: wide ? IPPROTO_TCP : protocol,
      ext,
      states: dump.states ?? ALL_STATES,
      ...(dump.bytecode && {bytecode: dump.bytecode}),
      ...(wide && {requestProtocol: protocol}),
    },
    reply: inetDiag,
  };
}

/** What names one inet socket. */
export type InetSocketId = Pick<InetSocket, 'family' | 'sport' | 'dport' | 'srcWords' | 'dstWords' | 'if' | 'cookie'>;

/**
 * Closes one socket, whoever holds it: `ss -K`. Its owner gets ECONNABORTED. MPTCP sockets go by the number of TCP, where
 * none has their cookie.
 * Source: uapi linux/sock_diag.h, SOCK_DESTROY; bytes as ss 6.1 sends them.
 */
export function inetDestroy(transport: Transport, id: InetSocketId): Request<typeof inetDiagRequest, typeof inetDiag> {
  const {family, sport, dport, srcWords, dstWords, cookie} = id;
  return {
    type: SOCK_DESTROY,
    name: 'SOCK_DESTROY',
    flags: 0,
    message: inetDiagRequest,
    body: {family, protocol: PROTOCOLS[transport] & MAX_BYTE, sport, dport, srcWords, dstWords, if: id.if, cookie},
    reply: inetDiag,
  };
}
