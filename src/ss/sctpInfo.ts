import {AF_INET, AF_INET6, IpAddress} from '../addr/ip.js';
import {INET_DIAG_INFO, INET_DIAG_LOCALS, INET_DIAG_PEERS} from '../sockdiag/constants.js';
import {u16, u32} from '../sockdiag/littleEndian.js';
import type {Sink} from '../view/sink.js';
import type {WriteInfo} from './context.js';

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

const STATE_AT = 4;
/** What is shown of struct sctp_info where it is not 0: name, offset, bytes; `tag` and `ptag` in hex. */
const FIELDS = [
  ['rwnd', 8, 4],
  ['unackdata', 12, 2],
  ['penddata', 14, 2],
  ['instrms', 16, 2],
  ['outstrms', 18, 2],
  ['inqueue', 24, 4],
  ['outqueue', 28, 4],
  ['overerr', 32, 4],
  ['maxburst', 36, 4],
  ['maxseg', 40, 4],
  ['prwnd', 44, 4],
  ['ptag', 48, 4],
  ['pcapable', 52, 1],
  ['psack', 53, 1],
  ['autoclose', 344, 4],
  ['adapind', 348, 4],
  ['pdpoint', 352, 4],
  ['nodelay', 356, 1],
  ['nofrag', 357, 1],
  ['v4mapped', 358, 1],
  ['fraginl', 359, 1],
] as const;
const SHOWN = 360;
const SOCKADDR_STORAGE = 128;

/** `-i` of an SCTP socket or association. Source: uapi linux/sctp.h, struct sctp_info. */
export const writeSctpInfo: WriteInfo = (out, message, {at, length}) => {
  writeAddresses(out, ' locals:', message, at[INET_DIAG_LOCALS] as number, length[INET_DIAG_LOCALS] as number);
  writeAddresses(out, ' peers:', message, at[INET_DIAG_PEERS] as number, length[INET_DIAG_PEERS] as number);
  const from = at[INET_DIAG_INFO] as number;
  if (from === 0) return;
  const info = new Uint8Array(SHOWN);
  info.set(message.subarray(from, from + Math.min(SHOWN, length[INET_DIAG_INFO] as number)));
  const tag = u32(info, 0);
  if (tag !== 0) out.ascii(` tag:${tag.toString(16)}`);
  const state = u32(info, STATE_AT);
  if (state !== 0) out.ascii(` state:${ASSOCIATION_STATES[state] ?? '(null)'}`);
  for (const [name, offset, size] of FIELDS) {
    const value = size === 4 ? u32(info, offset) : size === 2 ? u16(info, offset) : (info[offset] as number);
    if (value !== 0) out.ascii(` ${name}:${value.toString(name === 'ptag' ? 16 : 10)}`);
  }
};

function writeAddresses(out: Sink, heading: string, buf: Uint8Array, at: number, length: number): void {
  if (at === 0) return;
  out.ascii(heading);
  for (let p = at; p + SOCKADDR_STORAGE <= at + length; p += SOCKADDR_STORAGE) {
    if (p > at) out.byte(COMMA);
    const family = u16(buf, p);
    if (family === AF_INET) out.address(IpAddress.fromBytes(buf, p + 4, 4));
    else if (family === AF_INET6) out.address(IpAddress.fromBytes(buf, p + 8, 16));
  }
}

const COMMA = 44;
