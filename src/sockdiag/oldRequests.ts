import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {bytes, message, u8, u32} from '../netlink/schema.js';
import {inetDiag, sockid} from './inet.js';
import {extensionBits, type InetDump} from './requests.js';

/** Types of the requests before Linux 3.3. Source: uapi linux/inet_diag.h. */
const TYPES = {tcp: 18, dccp: 19} as const;
const NAMES = {18: 'TCPDIAG_GETSOCK', 19: 'DCCPDIAG_GETSOCK'} as const;

/** Transports that could be asked for in the old way. */
export type OldTransport = keyof typeof TYPES;

/** Source: uapi linux/inet_diag.h, struct inet_diag_req. */
export const oldInetDiagRequest = message(
  'oldInetDiagRequest',
  {family: u8, srcLen: u8, dstLen: u8, ext: u8, ...sockid, states: u32, dbs: u32},
  {bytecode: [1, bytes]},
  {protocol: NETLINK_SOCK_DIAG, types: NAMES},
);

/**
 * A dump in the old way, which the reference tries where the kernel refuses the new one. Kernels since 3.3 take it for both
 * families, whatever `family` says.
 */
export function oldInetDump(
  transport: OldTransport,
  {family, states, attributes, bytecode}: Omit<InetDump, 'transport'>,
): Request<typeof oldInetDiagRequest, typeof inetDiag> {
  const type = TYPES[transport];
  const ext = attributes === undefined ? undefined : extensionBits(attributes);
  const body = {family, ...(ext && {ext}), ...(states !== undefined && {states}), ...(bytecode && {bytecode})};
  return {type, name: NAMES[type], flags: 0, message: oldInetDiagRequest, body, reply: inetDiag};
}
