import {writeInet, writeInet6} from '../addr/format.js';
import {AF_INET, AF_INET6} from '../addr/ip.js';
import {big64, u16, u32} from '../sockdiag/littleEndian.js';
import type {Sink} from '../view/sink.js';
import type {ListContext} from './context.js';

/** Bytes of struct tcp_diag_md5sig, and of its key. Source: uapi linux/tcp.h. */
const MD5SIG = 100;
const KEY = 80;
const MPTCP_FLAGS = 'MmJjBbecv';

/**
 * ` md5keys:192.0.2.1/32=`. The keys themselves come out as the reference has them: in one row at the very beginning of
 * the output, with what is not printable in octal.
 */
export function writeMd5Keys(
  out: Sink,
  {io, hostNames}: ListContext,
  buf: Uint8Array,
  at: number,
  length: number,
): void {
  out.ascii(' md5keys:');
  for (let p = at; p + MD5SIG <= at + length; p += MD5SIG) {
    if (p > at) out.byte(44);
    const family = buf[p] as number;
    const isInet = family === AF_INET || family === AF_INET6;
    const name = isInet ? hostNames?.name(buf, p + 4, family === AF_INET ? 4 : 16) : undefined;
    if (name !== undefined) {
      out.bytes(name);
    } else if (isInet) {
      const word = (i: number): number => new DataView(buf.buffer, buf.byteOffset + p + 4).getInt32(4 * i);
      out.room(48);
      out.position =
        family === AF_INET
          ? writeInet(word(0), out.buffer, out.position)
          : writeInet6(word(0), word(1), word(2), word(3), out.buffer, out.position);
    } else {
      out.ascii('???');
    }
    out.byte(47);
    out.uint(buf[p + 1] as number);
    out.byte(61);
    const key = p + 20;
    escaped(io.out, buf, key, key + Math.min(u16(buf, p + 2), KEY));
  }
}

function escaped(out: Sink, buf: Uint8Array, at: number, end: number): void {
  for (let p = at; p < end; p++) {
    const byte = buf[p] as number;
    if (byte > 32 && byte < 127 && byte !== 44 && byte !== 92) out.byte(byte);
    else out.ascii(`\\${byte.toString(8).padStart(3, '0')}`);
  }
}

/** Nested attributes by number: start and length of the payload. */
function nested(
  buf: Uint8Array,
  at: number,
  length: number,
): Map<number, {readonly at: number; readonly length: number}> {
  const found = new Map<number, {readonly at: number; readonly length: number}>();
  const end = at + length;
  for (let p = at; p + 4 <= end; ) {
    const size = u16(buf, p);
    if (size < 4 || p + size > end) break;
    found.set(u16(buf, p + 2) & 0x3fff, {at: p + 4, length: size - 4});
    p += (size + 3) & ~3;
  }
  return found;
}

/** Upper layer protocol of a TCP socket. Source: uapi linux/inet_diag.h, INET_ULP_INFO_. */
export function writeUlp(out: Sink, buf: Uint8Array, at: number, length: number): void {
  const ulp = nested(buf, at, length);
  const name = ulp.get(1);
  if (name !== undefined) {
    out.ascii(' tcp-ulp-');
    for (let p = name.at; p < name.at + name.length && buf[p] !== 0; p++) out.byte(buf[p] as number);
  }
  const tls = ulp.get(2);
  if (tls !== undefined) writeTls(out, buf, tls.at, tls.length);
  const mptcp = ulp.get(3);
  if (mptcp !== undefined) writeMptcpSubflow(out, buf, mptcp.at, mptcp.length);
}

/** Source: uapi linux/tls.h, TLS_INFO_, TLS_1_, TLS_CIPHER_, TLS_CONF_. */
function writeTls(out: Sink, buf: Uint8Array, at: number, length: number): void {
  const info = nested(buf, at, length);
  const number = (type: number): number | undefined => {
    const found = info.get(type);
    return found === undefined ? undefined : u16(buf, found.at);
  };
  const version = number(1);
  if (version !== undefined) {
    out.ascii(' version: ');
    out.ascii(version === 0x303 ? '1.2' : version === 0x304 ? '1.3' : `unknown(${version})`);
  }
  const cipher = number(2);
  if (cipher === 51) out.ascii(' cipher: aes-gcm-128');
  else if (cipher === 52) out.ascii(' cipher: aes-gcm-256');
  const configuration = (label: string, value: number | undefined): void => {
    if (value === undefined) return;
    out.ascii(label);
    out.ascii(['', 'none', 'sw', 'hw', 'hw-record'][value] || `unknown(${value})`);
  };
  configuration(' rxconf: ', number(4));
  configuration(' txconf: ', number(3));
  if (info.has(5)) out.ascii(' zc_ro_tx');
}

/** Source: uapi linux/mptcp.h, MPTCP_SUBFLOW_ATTR_. */
function writeMptcpSubflow(out: Sink, buf: Uint8Array, at: number, length: number): void {
  const info = nested(buf, at, length);
  const byte = (type: number): number | undefined => {
    const found = info.get(type);
    return found === undefined ? undefined : buf[found.at];
  };
  const number = (type: number): number | undefined => {
    const found = info.get(type);
    return found === undefined ? undefined : found.length < 4 ? u16(buf, found.at) : u32(buf, found.at);
  };
  const flags = number(8);
  if (flags !== undefined && flags !== 0) {
    out.ascii(' flags:');
    for (let bit = 0; bit < MPTCP_FLAGS.length; bit++)
      if ((flags & (1 << bit)) !== 0) out.ascii(MPTCP_FLAGS.charAt(bit));
  }
  const [tokenRem, tokenLoc, idRem, idLoc] = [number(1), number(2), byte(9), byte(10)];
  if (tokenRem !== undefined && tokenLoc !== undefined && idRem !== undefined && idLoc !== undefined) {
    out.ascii(
      ` token:${tokenRem.toString(16).padStart(4, '0')}(id:${idRem})/${tokenLoc.toString(16).padStart(4, '0')}(id:${idLoc})`,
    );
  }
  const sequence = info.get(4);
  if (sequence !== undefined) out.ascii(` seq:${big64(buf, sequence.at).toString(16)}`);
  const decimal = (label: string, hex: boolean, type: number): void => {
    const value = number(type);
    if (value !== undefined) out.ascii(`${label}${value.toString(hex ? 16 : 10)}`);
  };
  decimal(' sfseq:', true, 5);
  decimal(' ssnoff:', true, 6);
  decimal(' maplen:', true, 7);
}
