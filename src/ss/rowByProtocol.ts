import type {Receiver} from '../netlink/exchange.js';
import {
  INET_DIAG_PROTOCOL,
  IPPROTO_DCCP,
  IPPROTO_ICMPV6,
  IPPROTO_SCTP,
  IPPROTO_TCP,
  IPPROTO_UDP,
} from '../sockdiag/constants.js';
import {InetAttributes} from './attributes.js';
import type {NetId} from './cells.js';
import type {ListContext} from './context.js';
import {inetRow} from './inetTable.js';

/** Adds rows of messages that may tell their protocol. @param otherwise the table of those that do not */
export function rowByProtocol(context: ListContext, otherwise: NetId): Receiver {
  const rows = new Map<NetId, Receiver>();
  return (buf, at, end, type, flags) => {
    const netid = netidOf(buf, at, end, otherwise);
    let row = rows.get(netid);
    if (row === undefined) {
      row = inetRow(context, netid);
      rows.set(netid, row);
    }
    row(buf, at, end, type, flags);
  };
}

function netidOf(buf: Uint8Array, at: number, end: number, otherwise: NetId): NetId {
  const attributes = new InetAttributes();
  attributes.read(buf, at, end);
  const protocol = attributes.find(INET_DIAG_PROTOCOL, 1);
  if (protocol === 0) return otherwise;
  switch (buf[protocol]) {
    case 0:
      return 'raw';
    case IPPROTO_TCP:
      return 'tcp';
    case IPPROTO_UDP:
      return 'udp';
    case IPPROTO_DCCP:
      return 'dccp';
    case IPPROTO_ICMPV6:
      return 'icmp6';
    case IPPROTO_SCTP:
      return 'sctp';
    default:
      return '???';
  }
}
