import {decodeValue} from '../netlink/codec.js';
import {INET_DIAG_INFO} from '../sockdiag/constants.js';
import {mptcpInfo} from '../sockdiag/otherInfo.js';
import type {WriteInfo} from './context.js';

const COUNTERS = [
  'subflows',
  'addAddrSignal',
  'addAddrAccepted',
  'subflowsMax',
  'addAddrSignalMax',
  'addAddrAcceptedMax',
] as const;
const SEQUENCES = ['writeSeq', 'sndUna', 'rcvNxt'] as const;
const FALLBACK = 1;
const REMOTE_KEY = 2;

/** `-i` of an MPTCP socket: what is not 0, by its names in struct mptcp_info. */
export const writeMptcpInfo: WriteInfo = (out, message, {at, length}) => {
  const from = at[INET_DIAG_INFO] as number;
  if (from === 0) return;
  const info = decodeValue(mptcpInfo, message, from, from + (length[INET_DIAG_INFO] as number));
  for (const name of COUNTERS) if (info[name]) out.ascii(` ${snakeCase(name)}:${info[name]}`);
  const {flags = 0, token} = info;
  if ((flags & FALLBACK) !== 0) out.ascii(' fallback');
  if ((flags & REMOTE_KEY) !== 0) out.ascii(' remote_key');
  if (token) out.ascii(` token:${token.toString(16)}`);
  for (const name of SEQUENCES) if (info[name]) out.ascii(` ${snakeCase(name)}:${info[name].toString(16)}`);
};

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
