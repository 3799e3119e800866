import {encodeText} from '../addr/text.js';
import {native} from '../native.js';

/** How an IPv6 address begins that holds an IPv4 address. */
const MAPPED = `${'\0'.repeat(10)}\xff\xff`;

/** Host names by address, for `-r`: asked of the system's resolver once each. */
export class HostNames {
  readonly #known = new Map<string, Uint8Array | undefined>();

  /** Name of the 4 or 16 bytes at `at`; undefined where there is none. */
  name(buf: Uint8Array, at: number, length: number): Uint8Array | undefined {
    const key = Buffer.from(buf.buffer, buf.byteOffset + at, length).toString('latin1');
    if (this.#known.has(key)) return this.#known.get(key);
    const from = key.startsWith(MAPPED) ? at + MAPPED.length : at;
    const found = native().nameinfo(buf.slice(from, at + length));
    const name = found === undefined ? undefined : encodeText(found);
    this.#known.set(key, name);
    return name;
  }
}
