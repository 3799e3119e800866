import {AF_INET} from '../addr/ip.js';
import {decodeValue} from '../netlink/codec.js';
import {list, type Type} from '../netlink/schema.js';
import {INET_DIAG_INFO, INET_DIAG_LOCALS, INET_DIAG_PEERS} from '../sockdiag/constants.js';
import {type SctpSocket, sctpInfo} from '../sockdiag/otherInfo.js';
import {sockaddr} from '../sockdiag/tcpInfo.js';
import type {Sink} from '../view/sink.js';
import type {InetAttributes} from './attributes.js';
import type {HostNames} from './hostNames.js';

/** States of an association by number: SCTP_STATE_. */
export const ASSOCIATION_STATES: readonly string[] = [
  'CLOSED',
  'COOKIE_WAIT',
  'COOKIE_ECHOED',
  'ESTAB',
  'SHUTDOWN_PENDING',
  'SHUTDOWN_SENT',
  'SHUTDOWN_RECEIVED',
  'ACK_SENT',
];

/** What is shown where it is not 0: name, and field of struct sctp_info; `tag` and `ptag` in hex. */
const FIELDS = [
  ['rwnd', 'rwnd'],
  ['unackdata', 'unackdata'],
  ['penddata', 'penddata'],
  ['instrms', 'instrms'],
  ['outstrms', 'outstrms'],
  ['inqueue', 'inqueue'],
  ['outqueue', 'outqueue'],
  ['overerr', 'overallError'],
  ['maxburst', 'maxBurst'],
  ['maxseg', 'maxseg'],
  ['prwnd', 'peerRwnd'],
  ['ptag', 'peerTag'],
  ['pcapable', 'peerCapable'],
  ['psack', 'peerSack'],
  ['autoclose', 'sAutoclose'],
  ['adapind', 'sAdaptationInd'],
  ['pdpoint', 'sPdPoint'],
  ['nodelay', 'sNodelay'],
  ['nofrag', 'sDisableFragments'],
  ['v4mapped', 'sV4mapped'],
  ['fraginl', 'sFragInterleave'],
] as const;
const addresses = list(sockaddr);

/** `-i` of an SCTP socket or association. @param names of hosts, with `-r` */
export function writeSctpInfo(
  out: Sink,
  message: Uint8Array,
  {at, length}: InetAttributes,
  names: HostNames | undefined,
): void {
  const part = <D, E>(type: Type<D, E>, number: number): D | undefined => {
    const from = at[number] as number;
    return from === 0 ? undefined : decodeValue(type, message, from, from + (length[number] as number));
  };
  writeAddresses(out, ' locals:', part(addresses, INET_DIAG_LOCALS), names);
  writeAddresses(out, ' peers:', part(addresses, INET_DIAG_PEERS), names);
  const info = part(sctpInfo, INET_DIAG_INFO);
  if (info === undefined) return;
  if (info.tag) out.ascii(` tag:${info.tag.toString(16)}`);
  if (info.state) out.ascii(` state:${ASSOCIATION_STATES[info.state] ?? '(null)'}`);
  for (const [name, field] of FIELDS) {
    const value = info[field];
    if (value) out.ascii(` ${name}:${value.toString(name === 'ptag' ? 16 : 10)}`);
  }
}

function writeAddresses(out: Sink, heading: string, ends: SctpSocket['locals'], names: HostNames | undefined): void {
  if (ends === undefined) return;
  out.ascii(heading);
  ends.forEach(({family, rest, address}, i) => {
    if (i > 0) out.byte(COMMA);
    if (address === undefined) return;
    const name = family === AF_INET ? names?.name(rest, 2, 4) : names?.name(rest, 6, 16);
    if (name === undefined) out.address(address);
    else out.bytes(name);
  });
}

const COMMA = 44;
