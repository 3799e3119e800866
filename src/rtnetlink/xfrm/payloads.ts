import {IpAddress} from '../../addr/ip.js';
import {decodeText, encodeText} from '../../addr/text.js';
import {readU32} from '../../netlink/bytes.js';
import {hostIsLittleEndian} from '../../netlink/writer.js';

/** Payloads that end in bytes of a length of their own. Source: uapi linux/xfrm.h. */

const NAME_SIZE = 64;
const BITS = 8;
const ADDRESS_SIZE = 16;

/** An algorithm and its key. Source: struct xfrm_algo, xfrm_algo_auth, xfrm_algo_aead. */
export interface Algorithm {
  readonly name: string;
  readonly key: Uint8Array;
  /** Bits kept of a digest (`alg_trunc_len`), or of a check value (`alg_icv_len`); not all kinds have it. */
  readonly length?: number | undefined;
}

/** Bytes of an algorithm; `length` has a field where it is given. */
export function packAlgorithm({name, key, length}: Algorithm): Uint8Array {
  const at = NAME_SIZE + (length === undefined ? 4 : 8);
  const packed = new Uint8Array(at + key.length);
  packed.set(encodeText(name).subarray(0, NAME_SIZE));
  putU32(packed, NAME_SIZE, key.length * BITS);
  if (length !== undefined) putU32(packed, NAME_SIZE + 4, length);
  packed.set(key, at);
  return packed;
}

/**
 * Reads an algorithm.
 * @param hasLength whether its struct has the field `length`
 * @returns undefined when bytes are missing
 */
export function unpackAlgorithm(packed: Uint8Array, hasLength: boolean): Algorithm | undefined {
  const at = NAME_SIZE + (hasLength ? 8 : 4);
  if (packed.length < at) return undefined;
  const littleEndian = hostIsLittleEndian();
  const keyLength = Math.ceil(readU32(packed, NAME_SIZE, littleEndian) / BITS);
  if (packed.length < at + keyLength) return undefined;
  const end = packed.indexOf(0);
  return {
    name: decodeText(packed, 0, end < 0 || end > NAME_SIZE ? NAME_SIZE : end),
    key: packed.subarray(at, at + keyLength),
    length: hasLength ? readU32(packed, NAME_SIZE + 4, littleEndian) : undefined,
  };
}

/** Counters of a replay window longer than 32 packets, or of 64 bits. Source: struct xfrm_replay_state_esn. */
export interface ReplayEsn {
  readonly oseq: number;
  readonly seq: number;
  readonly oseqHi: number;
  readonly seqHi: number;
  /** Packets. */
  readonly replayWindow: number;
  /** Words of 32 packets. */
  readonly bitmap: readonly number[];
}

const ESN_SIZE = 24;

/** Bytes of a window, with an empty bitmap left to the kernel. */
export function packReplayEsn({oseq, seq, oseqHi, seqHi, replayWindow}: Omit<ReplayEsn, 'bitmap'>): Uint8Array {
  const packed = new Uint8Array(ESN_SIZE);
  [Math.ceil(replayWindow / 32), oseq, seq, oseqHi, seqHi, replayWindow].forEach((value, i) => {
    putU32(packed, i * 4, value);
  });
  return packed;
}

/** Reads a window; undefined when bytes are missing. */
export function unpackReplayEsn(packed: Uint8Array): ReplayEsn | undefined {
  if (packed.length < ESN_SIZE) return undefined;
  const littleEndian = hostIsLittleEndian();
  const word = (i: number): number => readU32(packed, i * 4, littleEndian);
  const words = Math.min(word(0), Math.floor((packed.length - ESN_SIZE) / 4));
  return {
    oseq: word(1),
    seq: word(2),
    oseqHi: word(3),
    seqHi: word(4),
    replayWindow: word(5),
    bitmap: Array.from({length: words}, (_, i) => word(ESN_SIZE / 4 + i)),
  };
}

/** A security context. Source: struct xfrm_user_sec_ctx; XFRM_SC_ALG_SELINUX, XFRM_SC_DOI_LSM are 1. */
const CONTEXT_HEADER = 8;
const XFRMA_SEC_CTX = 8;

/** Bytes of a security context of SELinux, with the NUL behind its text. */
export function packContext(text: string): Uint8Array {
  const bytes = encodeText(`${text}\0`);
  const packed = new Uint8Array(CONTEXT_HEADER + bytes.length);
  putU16(packed, 0, packed.length);
  putU16(packed, 2, XFRMA_SEC_CTX);
  packed[4] = 1;
  packed[5] = 1;
  putU16(packed, 6, bytes.length);
  packed.set(bytes, CONTEXT_HEADER);
  return packed;
}

/** Text of a security context; undefined when bytes are missing. */
export function unpackContext(packed: Uint8Array): string | undefined {
  if (packed.length < CONTEXT_HEADER) return undefined;
  const end = packed.indexOf(0, CONTEXT_HEADER);
  return decodeText(packed, CONTEXT_HEADER, end < 0 ? packed.length : end);
}

/** An address in the room of both families; none is all zero. */
export function packAddress(address: IpAddress | undefined): Uint8Array {
  const packed = new Uint8Array(ADDRESS_SIZE);
  address?.writeBytes(packed, 0);
  return packed;
}

/** The address of a family. */
export function unpackAddress(packed: Uint8Array, family: number): IpAddress {
  return IpAddress.fromBytes(packed, 0, family === 10 ? ADDRESS_SIZE : 4);
}

function putU16(into: Uint8Array, at: number, value: number): void {
  new DataView(into.buffer).setUint16(at, value, hostIsLittleEndian());
}

function putU32(into: Uint8Array, at: number, value: number): void {
  new DataView(into.buffer).setUint32(at, value, hostIsLittleEndian());
}
