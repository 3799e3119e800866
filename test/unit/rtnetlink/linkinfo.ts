import {hex} from './wire.js';

/** Bytes of the header, of which nothing matters here, before the attributes. */
const HEADER = 16;
const IFLA_LINKINFO = 18;

/** A link message with one IFLA_LINKINFO. */
export function withInfo(info: string): Uint8Array {
  const bytes = hex(info);
  const message = new Uint8Array(HEADER + 4 + bytes.length);
  new DataView(message.buffer).setUint16(HEADER, 4 + bytes.length, true);
  message[HEADER + 2] = IFLA_LINKINFO;
  message.set(bytes, HEADER + 4);
  return message;
}

/** IFLA_LINKINFO of a message in hex. */
export function infoOf(message: Uint8Array): string {
  const view = new DataView(message.buffer, message.byteOffset);
  for (let at = HEADER; at < message.length; at += (view.getUint16(at, true) + 3) & ~3) {
    if (view.getUint16(at + 2, true) !== IFLA_LINKINFO) continue;
    return Buffer.from(message.subarray(at + 4, at + view.getUint16(at, true))).toString('hex');
  }
  return '';
}

/** Entries by a key, in the order of the keys' first appearance. */
export function grouped<T>(all: readonly T[], key: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return [...groups];
}
