import {INET_DIAG_PROTOCOL, IPPROTO_DCCP, IPPROTO_SCTP, IPPROTO_TCP, IPPROTO_UDP} from '../sockdiag/constants.js';
import {InetAttributes} from './attributes.js';
import type {NetId} from './inetRow.js';

/** Table of a message: messages may tell it, others are of TCP. */
export function netidOf(bytes: Uint8Array, at: number, end: number): NetId {
  const attributes = new InetAttributes();
  attributes.read(bytes, at, end);
  const protocol = attributes.find(INET_DIAG_PROTOCOL, 1);
  if (protocol === 0) return 'tcp';
  switch (bytes[protocol]) {
    case 0:
      return 'raw';
    case IPPROTO_TCP:
      return 'tcp';
    case IPPROTO_UDP:
      return 'udp';
    case IPPROTO_DCCP:
      return 'dccp';
    case IPPROTO_SCTP:
      return 'sctp';
    default:
      return '???';
  }
}
