import {INET_DIAG_INFO} from '../sockdiag/constants.js';
import {big64, u32} from '../sockdiag/littleEndian.js';
import type {WriteInfo} from './context.js';

/** The first bytes of struct mptcp_info. */
const COUNTERS = [
  'subflows',
  'add_addr_signal',
  'add_addr_accepted',
  'subflows_max',
  'add_addr_signal_max',
  'add_addr_accepted_max',
] as const;
const FLAGS_AT = 8;
const TOKEN_AT = 12;
/** Sequence numbers and where they are. */
const SEQUENCES = [
  ['write_seq', 16],
  ['snd_una', 24],
  ['rcv_nxt', 32],
] as const;
/** Bytes that are shown; what a kernel does not send is 0. */
const SHOWN = 40;
const FALLBACK = 1;
const REMOTE_KEY = 2;

/** `-i` of an MPTCP socket: what is not 0. Source: uapi linux/mptcp.h, struct mptcp_info. */
export const writeMptcpInfo: WriteInfo = (out, message, attributes) => {
  const at = attributes.at[INET_DIAG_INFO] as number;
  if (at === 0) return;
  const info = new Uint8Array(SHOWN);
  info.set(message.subarray(at, at + Math.min(SHOWN, attributes.length[INET_DIAG_INFO] as number)));
  for (const [i, name] of COUNTERS.entries()) if (info[i] !== 0) out.ascii(` ${name}:${info[i]}`);
  const flags = u32(info, FLAGS_AT);
  if ((flags & FALLBACK) !== 0) out.ascii(' fallback');
  if ((flags & REMOTE_KEY) !== 0) out.ascii(' remote_key');
  const token = u32(info, TOKEN_AT);
  if (token !== 0) out.ascii(` token:${token.toString(16)}`);
  for (const [name, offset] of SEQUENCES) {
    const sequence = big64(info, offset);
    if (sequence !== 0n) out.ascii(` ${name}:${sequence.toString(16)}`);
  }
};
