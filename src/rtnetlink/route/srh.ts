import {IpAddress} from '../../addr/ip.js';

const SEGMENT_TYPE = 4;
const FLAG_HMAC = 8;
const TLV_HMAC = 5;
const HMAC_LENGTH = 38;
const HEADER = 8;
const ADDRESS = 16;

/** A segment routing header, in travelling order. Source: RFC 8754, section 2; uapi linux/seg6.h. */
export interface Srh {
  readonly segments: readonly IpAddress[];
  /** Key of the HMAC TLV, 0 for none. */
  readonly hmac: number;
}

/**
 * Bytes of a segment routing header as the reference sends it: no next header, all segments left, an empty HMAC TLV
 * for the kernel to fill.
 * @param room whether a slot for the packet's own destination stands first, as in `mode inline`
 */
export function encodeSrh(srh: Srh, room: boolean): Uint8Array {
  const count = srh.segments.length + (room ? 1 : 0);
  const tail = srh.hmac === 0 ? 0 : HMAC_LENGTH + 2;
  const bytes = new Uint8Array(HEADER + count * ADDRESS + tail);
  bytes[1] = (bytes.length >> 3) - 1;
  bytes[2] = SEGMENT_TYPE;
  bytes[3] = count - 1;
  bytes[4] = count - 1;
  bytes[5] = srh.hmac === 0 ? 0 : FLAG_HMAC;
  srh.segments.forEach((segment, i) => {
    bytes.set(segment.bytes(), HEADER + (count - 1 - i) * ADDRESS);
  });
  if (srh.hmac !== 0) {
    const view = new DataView(bytes.buffer, HEADER + count * ADDRESS);
    view.setUint8(0, TLV_HMAC);
    view.setUint8(1, HMAC_LENGTH);
    view.setUint32(4, srh.hmac);
  }
  return bytes;
}

/** A header read from bytes at `at`; undefined when it is cut short. */
export function decodeSrh(bytes: Uint8Array, at: number): Srh | undefined {
  const count = (bytes[at + 4] ?? 0) + 1;
  const end = at + HEADER + count * ADDRESS;
  if (bytes.length < end) return undefined;
  const segments: IpAddress[] = [];
  for (let i = count - 1; i >= 0; i--) segments.push(IpAddress.fromBytes(bytes, at + HEADER + i * ADDRESS, ADDRESS));
  const signed = ((bytes[at + 5] as number) & FLAG_HMAC) !== 0 && bytes[end] === TLV_HMAC && bytes.length >= end + 8;
  return {segments, hmac: signed ? new DataView(bytes.buffer, bytes.byteOffset + end + 4).getUint32(0) : 0};
}

/** Bytes of a RPL source routing header: as above, with its own type and count. Source: RFC 6554, uapi linux/rpl.h. */
export function encodeRpl(segments: readonly IpAddress[]): Uint8Array {
  const bytes = new Uint8Array(HEADER + segments.length * ADDRESS);
  bytes[1] = (bytes.length >> 3) - 1;
  bytes[2] = 3;
  bytes[3] = segments.length;
  segments.forEach((segment, i) => {
    bytes.set(segment.bytes(), HEADER + (segments.length - 1 - i) * ADDRESS);
  });
  return bytes;
}

/** Segments of a RPL header in travelling order. */
export function decodeRpl(bytes: Uint8Array): IpAddress[] {
  const segments: IpAddress[] = [];
  for (let i = (bytes[3] ?? 0) - 1; i >= 0; i--) {
    const at = HEADER + i * ADDRESS;
    if (bytes.length >= at + ADDRESS) segments.push(IpAddress.fromBytes(bytes, at, ADDRESS));
  }
  return segments;
}
